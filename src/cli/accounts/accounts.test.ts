import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passerelle } from '../../testing/command-line.ts'
import { somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

/** A service, and its command line with the operator's token. */
async function installation() {
  const service = await testService()
  const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
  const run = (...args: string[]) => passerelle(['accounts', ...args], environment)
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args, '--json')
    assert.equal(stdout.trim().split('\n').length, 1, stdout)
    return { code, data: JSON.parse(stdout), stderr }
  }
  return { service, run, json }
}

test('accounts are listed, found, shown, blocked, unblocked and closed, by id and by address', async () => {
  const { service, run, json } = await installation()
  assert.equal((await run('list')).stdout, 'There are no accounts.\n')
  for (const email of ['marie@exemple.ca', 'luc@exemple.ca']) await somebody(service, email)

  const first = await json('list', '--limit', '1')
  assert.deepEqual([first.data.accounts.length, first.data.accounts[0].email], [1, 'marie@exemple.ca'])
  const second = await json('list', '--limit', '1', '--after', first.data.next)
  assert.deepEqual([second.data.accounts[0].email, second.data.next], ['luc@exemple.ca', null])
  assert.match(
    (await run('list', '--search', 'luc')).stdout,
    /^ID +ADDRESS +NAME +STATE +CREATED\nacc_\w+ +luc@exemple\.ca +Marie Tremblay +active +2\S+Z\n$/,
  )
  assert.match((await run('list', '--limit', '1')).stdout, /\n\nThere are more: --after \S+\n$/)
  assert.equal((await run('list', '--search', 'nobody')).stdout, 'Nobody is found.\n')

  const { id } = first.data.accounts[0]
  const shown = await json('show', id)
  assert.deepEqual((await json('show', 'MARIE@exemple.ca')).data, shown.data)
  const text = (await run('show', id)).stdout
  assert.match(text, /^address +marie@exemple\.ca$/m)
  assert.match(text, /^password +argon2id m=64,t=1,p=1, of 2\S+Z$/m)
  assert.match(text, /^SIGNED IN FROM +LAST SEEN +BROWSER\n127\.0\.0\.1 /m)

  assert.match(
    (await run('block', 'marie@exemple.ca')).stdout,
    /^The account of marie@exemple\.ca is blocked since 2\S+Z\.\n$/,
  )
  assert.equal((await json('block', id)).data.state, 'blocked')
  assert.equal((await run('unblock', id)).stdout, 'The account of marie@exemple.ca is active.\n')
  assert.equal((await run('fix-email', id)).stdout, 'The address marie@exemple.ca cannot be changed by its person.\n')
  assert.match((await run('show', id)).stdout, /^address +marie@exemple\.ca, which the person cannot change$/m)
  assert.equal((await json('free-email', id)).data.email_fixed, false)
  assert.equal((await run('staff', id)).stdout, 'marie@exemple.ca counts as staff.\n')
  assert.match((await run('show', id)).stdout, /^staff +since 2\S+Z$/m)
  assert.match((await run('list', '--search', 'marie')).stdout, / active, staff +2/)
  assert.equal((await run('staff', id, '--off')).stdout, 'marie@exemple.ca does not count as staff.\n')
  assert.match((await run('close', id)).stdout, /is closing: it will be erased at 2\S+Z\.\n$/)
})

test('a refusal is one line, 1, and JSON where that was asked for', async () => {
  const { json, run } = await installation()
  for (const args of [
    ['show', 'acc_0'],
    ['block', 'nobody@exemple.ca'],
    ['unblock', '../keys'],
    ['close', 'a b'],
  ]) {
    const { code, data, stderr } = await json(...args)
    assert.deepEqual([code, data.error.reason, stderr], [1, 'unknown-account', [`passerelle: ${data.error.detail}`]])
    assert.ok(data.error.detail.includes(args[1]))
  }
  assert.equal((await json('list', '--after', 'x')).data.error.reason, 'cursor-unusable')
  assert.equal((await run('list', '--limit', '0')).code, 2)
  assert.equal((await run('list', '--limit', '201')).code, 1)
})
