import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { seconds, systemClock } from '../clock.ts'
import { silentLog } from '../log/log.ts'
import { systemRandom } from '../random.ts'
import { closeServer, listen, makeServer } from './server.ts'

function serverAt(origin: string, development: boolean): Server {
  const handlers = [{ serves: () => true, handle: (_: unknown, response: { end(): void }) => response.end() }]
  const rest = { handlers, log: silentLog, random: systemRandom, clock: systemClock, seen() {} }
  const server = makeServer({ origin, development, ...rest })
  after(() => closeServer(server, seconds(0)))
  return server
}

/** The status of an answer to a request that names `host`. */
const asked = (port: number, host: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: { host } }, (answer) => resolve(answer.resume().statusCode)).once(
      'error',
      reject,
    )
  })

test('in development a request that names another machine is refused, but not who watches the service', async () => {
  const port = await listen(serverAt('http://account.localhost:3000', true), 0, '127.0.0.1')
  for (const host of ['evil.example', '10.0.0.7:3000', 'localhost.evil.example'])
    for (const path of ['/sign-in', '/healthy', '/oidc/token', '/api/v1/keys'])
      assert.equal(await asked(port, host, path), 421, `${host}${path}`)
  for (const path of ['/health/live', '/health/ready', '/metrics', '/metrics?name=x'])
    assert.equal(await asked(port, '10.0.0.7:3000', path), 200, path)
  for (const host of ['localhost:3000', '127.0.0.1', '[::1]:80', 'account.localhost:3000'])
    assert.equal(await asked(port, host, '/sign-in'), 200, host)
})

test('in production every host is answered', async () => {
  const port = await listen(serverAt('https://account.example.com', false), 0, '127.0.0.1')
  assert.equal(await asked(port, '10.0.0.7:3000', '/sign-in'), 200)
})

test('where it cannot listen, the setting at fault is named', async () => {
  const refused = (port: number, host: string): Promise<string> =>
    listen(serverAt('http://localhost:3000', true), port, host).then(
      () => '',
      ({ message }: Error) => message,
    )
  assert.match(
    await refused(0, 'nope.invalid'),
    /^HOST nope\.invalid is no address of this machine \((ENOTFOUND|EAI_AGAIN)\); set HOST to another$/,
  )
  assert.equal(
    await refused(0, '192.0.2.1'), // RFC 5737: nobody's
    'HOST 192.0.2.1 is no address of this machine (EADDRNOTAVAIL); set HOST to another',
  )
  const taken = await listen(serverAt('http://localhost:3000', true), 0, '127.0.0.1')
  assert.equal(
    await refused(taken, '127.0.0.1'),
    `port ${taken} on 127.0.0.1 is taken by another program; set PORT to another`,
  )
})

test('who is refused reads why in the language of their browser; where we have none of its languages, in every one', async () => {
  const port = await listen(serverAt('http://localhost:3000', true), 0, '127.0.0.1')
  const page = async (accepted: string) => {
    const headers = { host: 'evil.example', 'accept-language': accepted }
    const [answer] = await once(get({ port, host: '127.0.0.1', path: '/', headers }), 'response')
    return text(answer)
  }
  const titles = async (accepted: string) => [
    ...(await page(accepted)).matchAll(/<section lang="([^"]+)" dir="ltr"><h1>(.+?)</g),
  ]
  const [en, fr] = ['This address leads to another machine', 'Cette adresse mène à une autre machine']
  const said = async (accepted: string) => (await titles(accepted)).map(([, language, title]) => [language, title])
  assert.deepEqual(await said('fr-CA, en;q=0.5'), [['fr-CA', fr]])
  assert.deepEqual(await said('en-GB'), [['en', en]])
  for (const unknown of ['', 'tlh']) {
    const inAll = new Map((await said(unknown)).map(([language, title]) => [language, title]))
    assert.deepEqual([inAll.get('en'), inAll.get('fr'), inAll.get('fr-CA')], [en, fr, undefined])
  }
})
