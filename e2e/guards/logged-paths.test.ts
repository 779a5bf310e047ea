/** What of an address of a request is written down: the words of our own routes. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { pathsToLog } from '../../src/app/watch.ts'
import { everyPath } from '../../src/oidc/paths.ts'
import { makeLog } from '../../src/platform/log/log.ts'
import { passerelle } from '../../src/testing/command-line.ts'
import { ask } from '../../src/testing/operator.ts'
import { somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'
import { urls } from '../../src/urls.ts'

const lines: string[] = []
const service = await testService({}, makeLog({ forPeople: false, to: { write: (line) => lines.push(line) } }))
const asked: string[] = []
service.app.server.prependListener('request', ({ url = '' }) => void asked.push(url))

const MARKS = [
  'marked-name@exemple.ca',
  'marked-name%40exemple.ca',
  'marked-name%2540exemple.ca',
  'Marked-Name',
  '%6darked-name@x',
]
const isMarked = (text: string): boolean => /marked|exemple/i.test(text)

/** One request as it is written here, which `fetch` would change. */
const send = (method: string, path: string, headers = {}): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.base)
    request({ hostname, port, method, path, headers }, (answer) => resolve(answer.resume().statusCode))
      .once('error', reject)
      .end()
  })

const operator = { authorization: `Bearer ${service.adminToken}` }

suite('Z5: no address and no other text of somebody is in a logged path', () => {
  test('of any route of the API, the pages and the protocol, or of none', async () => {
    const described: { paths: Record<string, Record<string, object>> } = (
      await ask(service, 'GET', '/api/openapi.json')
    ).body
    const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    )
    assert.ok(routes.length > 20)
    const others = [...Object.values(urls), ...everyPath, '/health/live', '/metrics', '/assets', '/dev', '/nothing', '']
    for (const mark of MARKS) {
      for (const { method, path } of routes) {
        const filled = path.replaceAll(/\{[^}]*\}/g, mark)
        await send(method, `${filled}?search=${mark}&${mark}=1`, operator)
        await send(method, `${filled}/${mark}`, operator)
      }
      for (const path of [`http://${mark}/sign-in`, `\\${mark}`, `//${mark}/sign-in`, `/${'x/'.repeat(3_000)}${mark}`])
        await send('GET', path)
    }
    for (const [at, path] of others.entries()) {
      const mark = MARKS[at % MARKS.length]
      for (const end of [`?login_hint=${mark}`, `/${mark}/${mark}?x#${mark}`, `;${mark}`, `%2f${mark}`])
        await send(at % 2 ? 'GET' : 'POST', path + end)
    }
    for (const method of ['PROPFIND', 'M-SEARCH', 'TRACE']) await send(method, '/sign-in/marked-name')
    const paths = lines.flatMap((line) => JSON.parse(line).path ?? [])
    assert.ok(paths.length > 500)
    for (const line of lines) assert.ok(!isMarked(line), line)
    for (const path of paths) assert.match(path, /^(…\/)?[\w/….-]{1,200}$/)
    assert.ok(paths.includes('/api/v1/accounts/…/block') && paths.includes('/sign-in'))
    const metrics = await (await fetch(`${service.base}/metrics`, { headers: operator })).text()
    assert.ok(!isMarked(metrics))
  })

  test('the command line asks for an account by its id, and searches in a body', async () => {
    await somebody(service, 'marked-name@exemple.ca')
    asked.splice(0)
    const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
    for (const args of [['show'], ['block'], ['unblock'], ['fix-email'], ['free-email'], ['staff'], ['close']]) {
      const { code, stderr } = await passerelle(['accounts', ...args, 'MARKED-name@exemple.ca'], environment)
      assert.equal(code, 0, `${args}: ${stderr}`)
    }
    const { stdout } = await passerelle(['accounts', 'list', '--search', 'marked-name@exemple.ca'], environment)
    assert.match(stdout, /marked-name@exemple\.ca/)
    const nobody = await passerelle(['accounts', 'block', 'marked-nobody@exemple.ca'], environment)
    assert.deepEqual([nobody.code, /No account has the id or the address/.test(nobody.stderr.join())], [1, true])
    assert.ok(asked.length >= 16)
    for (const url of asked) assert.ok(!isMarked(url), url)
  })
})

test('a part of a path is written down where it is a word of a route', () => {
  const written = pathsToLog(['/api/v1/accounts/:id/block', '/device/connected', '/assets/*'])
  for (const [url, path] of [
    ['/api/v1/accounts/marie@exemple.ca/block?why=not', '/api/v1/accounts/…/block'],
    ['/api/v1/accounts/accounts/block', '/api/v1/accounts/accounts/block'],
    ['/device/connected', '/device/connected'],
    ['/wp-login.php', '/…'],
    ['/assets/*', '/assets/…'],
    ['', ''],
    [undefined, ''],
  ] as const)
    assert.equal(written(url), path)
})
