import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { movableClock } from '../../src/platform/clock.ts'
import type { Mail } from '../../src/platform/mail/mail.ts'
import { makeInbox } from './inbox.ts'
import { inboxRoutes } from './routes.tsx'

const mail: Mail = {
  id: 'msg_1',
  to: 'marie+shop@example.com',
  language: 'en',
  template: 'sign-up-code',
  subject: '<script>alert(1)</script>',
  text: 'The code is 123456 </pre><script>alert(2)</script>',
  html: '<!doctype html><p>The code is <b>123456</b></p><script>alert(3)</script>',
  code: '123456',
  link: 'http://localhost:3000/verify?token=a&b="><script>alert(4)</script>',
}

async function open() {
  const inbox = makeInbox(undefined, movableClock({ now: () => new Date('2026-11-22T12:00:00Z') }))
  await inbox.send(mail)
  await inbox.send({ ...mail, id: 'msg_2', to: 'jean@example.com', code: null, link: null })
  const app = new Hono().route('/', inboxRoutes(inbox, { cssPath: '/assets/style.css' }))
  return { inbox, ask: async (path: string, init?: RequestInit) => app.request(`http://localhost:3000${path}`, init) }
}

test('the JSON is the list, by address where one is given, a + typed as it is included', async () => {
  const { ask, inbox } = await open()
  const json = async (query: string) => (await ask(`/dev/inbox.json${query}`)).json()
  assert.deepEqual(await json(''), inbox.list())
  assert.deepEqual(await json('?to=marie%2Bshop%40example.com'), inbox.list(mail.to))
  assert.deepEqual(await json('?to=Marie+shop@example.com'), inbox.list(mail.to))
  assert.deepEqual(await json('?to=nobody@example.com'), [])
})

test('DELETE empties it', async () => {
  const { ask, inbox } = await open()
  const answer = await ask('/dev/inbox.json', { method: 'DELETE' })
  assert.deepEqual([answer.status, await answer.text(), inbox.list()], [204, '', []])
  assert.match(await (await ask('/dev/inbox')).text(), /Nothing yet/)
})

test('the page lists what came, with code and link, and escapes all of it', async () => {
  const { ask } = await open()
  const answer = await ask('/dev/inbox')
  const page = await answer.text()
  assert.match(page, /^<!doctype html><html lang="en">.*http-equiv="refresh"/s)
  assert.match(page, /<p class="digits">123456<\/p>/)
  assert.match(page, /href="http:\/\/localhost:3000\/verify\?token=a&amp;b=&quot;&gt;&lt;script/)
  assert.match(page, /<time datetime="2026-11-22T12:00:00.000Z">2026-11-22 12:00:00 UTC/)
  assert.doesNotMatch(page, /<script/)
  assert.match(
    answer.headers.get('content-security-policy') ?? '',
    /^default-src 'none'; style-src 'self' 'sha256-[^;]*; img-src 'self'; frame-src 'self';/,
  )
  const [first] = page.match(/\/dev\/inbox\?to=[^"]*marie[^"]*/) ?? []
  const filtered = await (await ask(first ?? '')).text()
  assert.match(filtered, /<h1>marie\+shop@example\.com<\/h1>/)
  assert.doesNotMatch(filtered, /jean@example\.com/)
})

test('one message stays where it is, its HTML in a frame without rights', async () => {
  const { ask } = await open()
  const page = await (await ask('/dev/inbox/msg_1')).text()
  assert.doesNotMatch(page, /<script|http-equiv="refresh"/)
  assert.match(page, /<iframe src="\/dev\/inbox\/msg_1\.html" sandbox=""/)
  assert.match(page, /<pre[^>]*>The code is 123456 &lt;\/pre&gt;/)
  const letter = await ask('/dev/inbox/msg_1.html')
  assert.equal(await letter.text(), mail.html)
  assert.match(
    letter.headers.get('content-security-policy') ?? '',
    /^sandbox; default-src 'none'; style-src 'unsafe-inline';/,
  )
  assert.equal(letter.headers.get('content-type'), 'text/html; charset=UTF-8')
})

test('texts and calls are listed with their code, found by their number, and shown as what they are', async () => {
  const { ask, inbox } = await open()
  const text = { id: 'msg_3', to: '+16132361234', language: 'fr-CA', template: 'phone-code', code: '482913' } as const
  await inbox.phone.send({ ...text, channel: 'sms', text: '482913 est <votre> code.' })
  await inbox.phone.send({ ...text, id: 'msg_4', channel: 'voice', text: 'Votre code est 4, 8, 2, 9, 1, 3.' })
  const found = await (await ask('/dev/inbox.json?to=+16132361234')).json()
  assert.deepEqual(
    found.map(({ channel, to, code }: Record<string, string>) => [channel, to, code]),
    [
      ['voice', text.to, '482913'],
      ['sms', text.to, '482913'],
    ],
  )
  const page = await (await ask('/dev/inbox')).text()
  assert.match(page, /482913 est &lt;votre&gt; code\./)
  assert.match(page, / · text message/)
  assert.match(page, / · voice call/)
  const one = await (await ask('/dev/inbox/msg_4')).text()
  assert.match(one, /<h1[^>]*>A voice call<\/h1>/)
  assert.match(one, /As it is spoken/)
  assert.match(one, /<pre lang="fr-CA"[^>]*>Votre code est 4, 8, 2, 9, 1, 3\.<\/pre>/)
  assert.doesNotMatch(one, /<iframe/)
})

test('what is not there is not found', async () => {
  const { ask } = await open()
  for (const path of ['/dev/inbox/msg_9', '/dev/inbox/msg_9.html', '/dev/inbox/..%2fmsg_1', '/dev/inbox/msg_1.html/x'])
    assert.equal((await ask(path)).status, 404, path)
})

test('a page of another site finds nothing, and nobody is given a CORS header', async () => {
  const { ask, inbox } = await open()
  const paths = ['/dev/inbox', '/dev/inbox?to=a', '/dev/inbox.json', '/dev/inbox/msg_1', '/dev/inbox/msg_1.html']
  for (const path of paths) {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    assert.equal((await ask(path, { headers })).status, 404, path)
    for (const site of ['same-origin', 'same-site', 'none'])
      assert.equal((await ask(path, { headers: { 'sec-fetch-site': site } })).status, 200, path)
    for (const method of ['GET', 'OPTIONS', 'HEAD']) {
      const answer = await ask(path, { method, headers: { origin: 'https://evil.example' } })
      assert.deepEqual(
        [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
        [],
      )
    }
  }
  await ask('/dev/inbox.json', { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } })
  assert.equal(inbox.list().length, 2)
})
