import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { seconds } from '../../platform/clock.ts'
import { closeServer, listen } from '../../platform/web/server.ts'
import { emptyFolder, passerelle } from '../../testing/command-line.ts'
import { freePort } from '../../testing/free-port.ts'
import { testService } from '../../testing/world.ts'

const token = 'a token of thirty-two characters or more'

async function refusal(environment: Record<string, string>, cwd?: string) {
  const { code, stdout, stderr } = await passerelle(['products', 'list', '--json'], environment, cwd)
  const { error } = JSON.parse(stdout)
  assert.deepEqual([code, stderr], [1, [`passerelle: ${error.detail}`]])
  return error
}

async function somethingElse(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  after(() => closeServer(server, seconds(0)))
  return `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`
}

test('the token comes from the environment, its file, or the folder of the service', async () => {
  const service = await testService()
  const cwd = emptyFolder()
  const PASSERELLE_URL = service.base
  const missing = await refusal({ PASSERELLE_URL }, cwd)
  assert.equal(missing.reason, 'token-missing')
  assert.match(missing.detail, /PASSERELLE_ADMIN_TOKEN nor in \.data\/admin-token/)

  mkdirSync(join(cwd, 'data'))
  writeFileSync(join(cwd, 'data/admin-token'), `${service.adminToken}\n`)
  for (const environment of [
    { PASSERELLE_DATA: 'data' },
    { PASSERELLE_ADMIN_TOKEN: service.adminToken },
    { PASSERELLE_ADMIN_TOKEN_FILE: 'data/admin-token' },
  ])
    assert.equal((await passerelle(['products', 'list'], { PASSERELLE_URL, ...environment }, cwd)).code, 0)

  const refused = await refusal({ PASSERELLE_URL, PASSERELLE_DATA: 'data', PASSERELLE_ADMIN_TOKEN: token }, cwd)
  assert.equal(refused.reason, 'token-refused')
  assert.match(refused.detail, /does not accept the operator's token from PASSERELLE_ADMIN_TOKEN$/)
})

test('nothing answers', async () => {
  const PASSERELLE_URL = `http://localhost:${await freePort()}`
  const error = await refusal({ PASSERELLE_URL, PASSERELLE_ADMIN_TOKEN: token })
  assert.equal(error.reason, 'unreachable')
  assert.match(error.detail, /^Nothing answers at http:\/\/localhost:\d+ \(ECONNREFUSED\).*PASSERELLE_URL/)
})

test('something else answers, and learns no more than it must', async () => {
  let asked = 0
  const elsewhere = await somethingElse(() => asked++)
  const answers: [RequestListener, string][] = [
    [(_, response) => response.setHeader('content-type', 'text/html').end('<p>hello</p>'), 'not-passerelle'],
    [(_, response) => response.writeHead(404).end(), 'not-passerelle'],
    [(_, response) => response.writeHead(204).end(), 'not-passerelle'],
    [(_, response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{}'), 'not-passerelle'],
    [(_, response) => response.setHeader('content-type', 'application/json').end('{'), 'not-passerelle'],
    [(_, response) => response.writeHead(307, { location: `${elsewhere}/` }).end(), 'unreachable'],
    [(_, response) => response.destroy(), 'unreachable'],
  ]
  for (const [answer, reason] of answers) {
    const error = await refusal({ PASSERELLE_URL: await somethingElse(answer), PASSERELLE_ADMIN_TOKEN: token })
    assert.equal(error.reason, reason, `${answer}`)
  }
  assert.equal(asked, 0)
  const overheard = await refusal({ PASSERELLE_URL: 'http://account.example.com', PASSERELLE_ADMIN_TOKEN: token })
  assert.equal(overheard.reason, 'overheard')
})

test('a client needs no setting of the service, and refuses a wrong one', async () => {
  const PASSERELLE_URL = `https://localhost:${await freePort()}` // production, without a mail server
  assert.equal(
    (await refusal({ PASSERELLE_URL, PASSERELLE_ADMIN_TOKEN: token, PASSERELLE_MODE: 'production' })).reason,
    'unreachable',
  )
  assert.deepEqual(await refusal({ PASSERELLE_ADMIN_TOKEN: 'short' }), {
    reason: 'wrong-setting',
    detail: 'PASSERELLE_ADMIN_TOKEN must have at least 32 characters, all of them ASCII',
  })
})
