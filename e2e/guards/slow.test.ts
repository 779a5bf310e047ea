/** A slow, huge or broken request holds nobody else up. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import { testService } from '../../src/testing/world.ts'

const service = await testService()
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
  test('headers of more than 16 kB', async () => {
    assert.match(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1.1 431/)
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
  test('time limits are set', () => {
    const { headersTimeout, requestTimeout } = service.app.server
    assert.deepEqual([headersTimeout, requestTimeout], [10_000, 15_000])
  })
})
