/** A slow, huge or broken request holds nobody else up. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import type { Log } from '../../src/platform/log/log.ts'
import { testService } from '../../src/testing/world.ts'

type Line = { level: string; message: string; method?: string; path?: string; status?: number }
const said: Line[] = []
const say = (level: string) => (fields: object, message: string) => void said.push({ ...fields, level, message })
const log: Log = { info: say('info'), warn: say('warn'), error: say('error'), child: () => log }
const service = await testService({}, log)
const port = Number(new URL(service.base).port)

/** Opens a connection, writes, and answers what came back before the other side closed it. */
const raw = (text: string) =>
  new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
      if (answer.includes('\r\n\r\n')) socket.end()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
  })

suite('requests that no browser makes', () => {
  const inWords = (answer: string, status: number, ...titles: string[]) => {
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    assert.match(answer, /\r\nContent-Type: text\/html; charset=utf-8\r\n/i)
    for (const title of titles) assert.ok(answer.includes(`<h1>${title}</h1>`), answer)
  }
  test('headers of more than 16 kB, as of a browser with too many cookies, are answered in words', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`)
    inWords(answer, 431, 'Your browser sent too much', 'Votre navigateur a trop envoyé')
    assert.match(answer, /\r\nConnection: close\r\n/)
    assert.match(answer, /default-src 'none'/)
  })
  test('so is what is no request at all, or asks for no path', async () => {
    const head = 'HTTP/1.1\r\nHost: localhost\r\n'
    for (const text of ['hello\r\n\r\n', `GET x ${head}\r\n`, `OPTIONS * ${head}\r\n`, `GET http://[/ ${head}\r\n`]) {
      const answer = await raw(text)
      inWords(answer, 400, 'This request cannot be read', 'Cette demande est illisible')
      assert.match(answer, /\r\nConnection: close\r\n/i, text)
    }
  })
  test('a path with a backslash is a page that is not there, in the language of the browser', async () => {
    const titles = {
      en: 'There is no such page',
      fr: 'Cette page n’existe pas',
      'fr-CA': 'Cette page n’existe pas',
    }
    for (const [language, title] of Object.entries(titles))
      for (const path of ['/\\x', '/\\', '/sign-in\\..', '/oidc/\\x']) {
        const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: ${language}`
        inWords(await raw(`${head}\r\n\r\n`), 404, title)
      }
  })
  test('framing that two readers could read differently', async () => {
    const head = 'POST /sign-in HTTP/1.1\r\nHost: localhost\r\n'
    for (const lines of [
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Content-Length: 5\r\nContent-Length: 6',
      'Transfer-Encoding: chunked, identity',
      'Content-Length: -1',
    ])
      assert.match(await raw(`${head}${lines}\r\n\r\nhello`), /^HTTP\/1.1 400/, lines)
  })
  test('methods and paths from nowhere', async () => {
    for (const line of [
      'TRACE / HTTP/1.1',
      'CONNECT evil.example:443 HTTP/1.1',
      'PUT /account HTTP/1.1',
      'GET /..%2f..%2fetc/passwd HTTP/1.1',
      'GET //evil.example/ HTTP/1.1',
      'GET http://evil.example/ HTTP/1.1',
    ])
      assert.doesNotMatch(await raw(`${line}\r\nHost: localhost\r\n\r\n`), /^HTTP\/1.1 (200|5)|\/\/evil/, line)
  })
  test('two hundred that never finish their headers, and one person who opens a page', async () => {
    const sockets = await Promise.all(
      Array.from(
        { length: 200 },
        () =>
          new Promise<ReturnType<typeof connect>>((resolve) => {
            const socket = connect(port, '127.0.0.1', () => {
              socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
              resolve(socket)
            })
            socket.on('error', () => {})
          }),
      ),
    )
    const visit = await service.browser().open('/sign-in')
    assert.equal(visit.status, 200)
    for (const socket of sockets) socket.destroy()
  })
  test('an upload that breaks off is no fault of ours, and none is told', async (t) => {
    const printed = t.mock.method(console, 'error', () => {})
    for (const path of ['/sign-in', '/api/v1/products', '/oidc/authorize', '/oidc/token', '/device', '/no-such-page']) {
      const type = path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded'
      const head = [
        `POST ${path} HTTP/1.1`,
        'Host: localhost',
        'Sec-Fetch-Site: same-origin',
        `Authorization: Bearer ${service.adminToken}`,
        `Content-Type: ${type}`,
        'Content-Length: 1000',
      ]
      const arrived = once(service.app.server, 'request')
      const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\nhello`))
      const [, response] = await arrived
      socket.destroy()
      await once(response, 'close')
      await service.browser().open('/sign-in') // What is said of it has been said when the next one is answered.
      const louder = said.filter((line) => line.level !== 'info')
      assert.deepEqual([louder, printed.mock.callCount()], [[], 0], path)
      const { message, status } = said.findLast((line) => line.method === 'POST') ?? {}
      assert.deepEqual([message, status], ['the caller went away', 0], path)
    }
  })
  test('time limits are set', () => {
    const { headersTimeout, requestTimeout } = service.app.server
    assert.deepEqual([headersTimeout, requestTimeout], [10_000, 15_000])
  })
})
