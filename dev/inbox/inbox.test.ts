import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { movableClock, seconds } from '../../src/platform/clock.ts'
import type { Mail } from '../../src/platform/mail/mail.ts'
import type { PhoneMessage } from '../../src/platform/phone/phone.ts'
import { makeInbox } from './inbox.ts'

const start = new Date('2026-11-22T12:00:00.000Z')
const mail: Mail = {
  id: 'msg_1',
  to: 'Marie@example.com',
  language: 'fr-CA',
  template: 'sign-up-code',
  subject: 'Votre code',
  text: '123456',
  html: '<p>123456</p>',
  code: '123456',
  link: null,
}

const text: PhoneMessage = {
  id: 'msg_5',
  channel: 'sms',
  to: '+16132361234',
  language: 'en',
  template: 'phone-code',
  text: '482913 is your code.',
  code: '482913',
}

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-inbox-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'data')
}

test('an entry has exactly the fields of the contract', async () => {
  const inbox = makeInbox(undefined, movableClock({ now: () => start }))
  assert.match(await inbox.send(mail), /inbox/)
  const { language, ...rest } = mail
  assert.deepEqual(inbox.list(), [{ ...rest, channel: 'mail', locale: language, sentAt: '2026-11-22T12:00:00.000Z' }])
})

test('a text and a call have the same fields, the number as `to`', async () => {
  const inbox = makeInbox(undefined, movableClock({ now: () => start }))
  await inbox.phone.send(text)
  await inbox.phone.send({ ...text, id: 'msg_6', channel: 'voice', to: '+33612345678' })
  const { language, ...rest } = text
  const entry = { ...rest, locale: language, subject: '', html: '', link: null, sentAt: '2026-11-22T12:00:00.000Z' }
  assert.deepEqual(inbox.list('+16132361234'), [entry])
  assert.deepEqual(inbox.list('+33612345678'), [{ ...entry, id: 'msg_6', channel: 'voice', to: '+33612345678' }])
})

test('the newest is first, by address in whatever case, and a second delivery replaces the first', async () => {
  const clock = movableClock({ now: () => start })
  const inbox = makeInbox(undefined, clock)
  for (const [id, to] of [
    ['msg_1', 'marie@example.com'],
    ['msg_2', 'jean@example.com'],
    ['msg_3', 'marie@example.com'],
  ] as const)
    await inbox.send({ ...mail, id, to })
  clock.advance(seconds(60))
  await inbox.send({ ...mail, id: 'msg_1', to: 'marie@example.com' })
  const ids = (to?: string) => inbox.list(to).map(({ id }) => id)
  assert.deepEqual(ids(), ['msg_1', 'msg_3', 'msg_2'])
  assert.deepEqual(ids(' MARIE@example.com'), ['msg_1', 'msg_3'])
  assert.deepEqual(ids('arie@example.com'), [])
  assert.equal(inbox.list()[0]?.sentAt, '2026-11-22T12:01:00.000Z')
})

test('it outlives the process, even one that died in the middle of a line', async (t) => {
  const folder = folderFor(t)
  const clock = movableClock()
  const first = makeInbox(folder, clock)
  await first.send(mail)
  await first.send({ ...mail, id: 'msg_2' })
  await first.send(mail)
  const file = join(folder, 'inbox.jsonl')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  appendFileSync(file, '{"id":"msg_3","chan')
  const second = makeInbox(folder, clock)
  assert.deepEqual(second.list(), first.list())
  await second.send({ ...mail, id: 'msg_4' })
  assert.deepEqual(makeInbox(folder, clock).list(), second.list())
  second.clear()
  assert.deepEqual(second.list(), [])
  assert.deepEqual(makeInbox(folder, clock).list(), [])
})

test('the newest 500 are kept, and the file stays small', async (t) => {
  const folder = folderFor(t)
  const inbox = makeInbox(folder, movableClock())
  for (let n = 0; n < 1_600; n++) await inbox.send({ ...mail, id: `msg_${n}` })
  assert.equal(inbox.list().length, 500)
  assert.deepEqual([inbox.list()[0]?.id, inbox.list().at(-1)?.id], ['msg_1599', 'msg_1100'])
  assert.ok(readFileSync(join(folder, 'inbox.jsonl'), 'utf8').split('\n').length <= 1_001)
  assert.deepEqual(makeInbox(folder, movableClock()).list(), inbox.list())
})
