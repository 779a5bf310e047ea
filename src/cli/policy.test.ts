import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passerelle } from '../testing/command-line.ts'
import { ask, isProblem } from '../testing/operator.ts'
import { somebody } from '../testing/people.ts'
import { testService } from '../testing/world.ts'

async function installation() {
  const service = await testService()
  const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
  const run = (...args: string[]) => passerelle(['policy', ...args], environment)
  const json = async (...args: string[]) => {
    const { code, stdout } = await run(...args, '--json')
    return { code, data: JSON.parse(stdout) }
  }
  return { service, run, json }
}

test('C3: the policy is shown, previewed and set', async () => {
  const { service, run, json } = await installation()
  await somebody(service)
  const none = { second_step: 'nobody', second_step_grace_days: 0 }
  const without_second_way = { everyone: 1, staff: 0 }
  const bySetting = { version: 0, min_length: 8, list: 'standard', grace_days: 0, ...none, made_at: null }
  assert.deepEqual((await json('show')).data, { policy: bySetting, versions: [bySetting] })
  assert.deepEqual((await json('preview', '--min-length', '15')).data, {
    accounts: 1,
    must_change: 1,
    fit: 0,
    unknown: 0,
    without_second_way,
  })
  assert.deepEqual((await json('preview', '--list', 'strict')).data, {
    accounts: 1,
    must_change: 0,
    fit: 1,
    unknown: 0,
    without_second_way,
  })
  const set = await json('set', '--min-length', '12', '--grace-days', '30')
  const { made_at: madeAt, ...rest } = set.data
  assert.deepEqual([set.code, rest], [0, { version: 1, min_length: 12, list: 'standard', grace_days: 30, ...none }])
  assert.equal(madeAt, service.policies.current().madeAt?.toISOString())
  const shown = await run('show')
  assert.match(
    shown.stdout,
    /^VERSION +MIN LENGTH +LIST +GRACE DAYS +SECOND STEP +ITS GRACE DAYS +MADE\n1 +12 +standard +30 +nobody +0 +2\S+Z\n$/,
  )
  assert.match(
    (await run('preview')).stdout,
    /^all accounts with a password +1\nwould have to change it +0\nknown to fit +1\n.*\nall accounts without a second way +1\nof these, staff +0\n/,
  )
  assert.equal((await json('set', '--grace-days', '0')).data.version, 2)
  const second = await json('set', '--second-step', 'staff', '--second-step-grace-days', '14')
  assert.deepEqual([second.data.second_step, second.data.second_step_grace_days], ['staff', 14])
  assert.match((await service.browser().open('/sign-up')).html, /At least 12 characters/)
})

test('what cannot be asked of passwords is refused, and named', async () => {
  const { service, run, json } = await installation()
  const nothing = await json('set')
  assert.deepEqual([nothing.code, nothing.data.error.reason], [1, 'nothing-asked'])
  const short = await json('set', '--min-length', '7')
  assert.deepEqual([short.code, short.data.error.reason], [1, 'malformed'])
  assert.match(short.data.error.detail, /^min_length: /)
  assert.equal((await run('set', '--list', 'none')).code, 2)
  assert.equal((await run('set', '--grace-days', 'ten')).code, 2)
  assert.equal((await run('set', '--second-step', 'somebody')).code, 2)
  for (const body of [
    { min_length: 65 },
    { min_length: 8.5 },
    { grace_days: -1 },
    { grace_days: 366 },
    { second_step: 'all' },
    { version: 9 },
  ])
    isProblem(await ask(service, 'POST', '/api/v1/policy', body), 400, 'malformed')
  for (const query of ['min_length=7', 'min_length=x', 'list=none'])
    isProblem(await ask(service, 'GET', `/api/v1/policy/preview?${query}`), 400, 'malformed')
})
