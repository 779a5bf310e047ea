import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { suite, test } from 'node:test'
import type { SMTPServerOptions } from 'smtp-server'
import { seconds } from '../clock.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { makeSmtpMailer } from './smtp.ts'
import { answered, openMailServer, portOf, type Received, sampleMail, sampleSettings } from './testing/mail-server.ts'

const header = (mail: Received | undefined, key: string) => mail?.headers.find((one) => one.key === key)?.value
const plain = (text: string | undefined) => text?.replaceAll('\r\n', '\n').trim()
const idsOf = (received: Received[]) => received.map(({ messageId }) => messageId)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** It failed in these words, and is worth another attempt. */
const again = (words: RegExp) => (error: unknown) =>
  error instanceof Error && !(error instanceof RefusedForGood) && words.test(error.message)
const forGood = (words: RegExp) => (error: unknown) => error instanceof RefusedForGood && words.test(error.message)

suite('a mail that is taken', () => {
  test('arrives in two parts, with the headers of a letter nobody should answer', async (t) => {
    const { mailer, received } = await openMailServer(t)
    assert.equal(await mailer.send(sampleMail), '250 2.0.0 Ok: queued as 4F1')
    const [mail] = received
    assert.equal(mail?.subject, sampleMail.subject)
    assert.deepEqual(mail?.from, { address: 'account@example.com', name: 'Passerelle, équipe' })
    assert.deepEqual(mail?.to, [{ address: sampleMail.to, name: '' }])
    assert.deepEqual([mail?.mailFrom, mail?.recipients], ['account@example.com', [sampleMail.to]])
    assert.deepEqual([plain(mail?.text), plain(mail?.html)], [sampleMail.text, sampleMail.html])
    assert.equal(mail?.messageId, '<msg_0190a1@example.com>')
    assert.ok(Number.isFinite(Date.parse(mail?.date ?? '')))
    assert.equal(header(mail, 'auto-submitted'), 'auto-generated')
    assert.equal(header(mail, 'content-language'), 'fr-CA')
    assert.equal(header(mail, 'x-auto-response-suppress'), 'All')
    assert.match(header(mail, 'content-type') ?? '', /^multipart\/alternative/)
    assert.equal(mail?.hello, 'account.example.com')
  })

  test('an address of RFC 6531 is announced as one; where only the domain is, it is written in ASCII', async (t) => {
    const { mailer, received } = await openMailServer(t)
    await mailer.send({ ...sampleMail, to: 'zoë@exämple.com' })
    await mailer.send({ ...sampleMail, to: 'zoe@exämple.com' })
    assert.deepEqual([received[0]?.utf8, header(received[0], 'to')], [true, 'zoë@exämple.com'])
    assert.deepEqual([received[1]?.utf8, header(received[1], 'to')], [false, 'zoe@xn--exmple-cua.com'])
  })

  test('subjects of every script arrive as they are', async (t) => {
    const { mailer, received } = await openMailServer(t)
    const subjects = ['رمز التحقق الخاص بك هو 123456', '確認コードは 123456 です 🔐', 'é'.repeat(300)]
    for (const subject of subjects) await mailer.send({ ...sampleMail, subject })
    assert.deepEqual(
      received.map(({ subject }) => subject),
      subjects,
    )
    for (const { raw } of received) assert.ok(raw.split('\r\n').every((line) => line.length <= 998))
  })

  test('sixteen at once share three connections', async (t) => {
    const { mailer, received, sockets } = await openMailServer(t)
    await Promise.all(Array.from({ length: 16 }, (_, n) => mailer.send({ ...sampleMail, id: `msg_${n}` })))
    assert.equal(new Set(idsOf(received)).size, 16)
    assert.equal(sockets.size, 3)
  })

  test('an idle connection that the server has closed costs no attempt', async (t) => {
    const { mailer, received, sockets } = await openMailServer(t)
    await mailer.send(sampleMail)
    for (const socket of sockets) socket.destroy()
    await mailer.send(sampleMail)
    assert.equal(received.length, 2)
  })
})

suite('a mail that is not taken', () => {
  for (const [command, handler] of [
    ['MAIL', 'onMailFrom'],
    ['RCPT', 'onRcptTo'],
  ] as const) {
    const answering = (code: number, words: string): { server: SMTPServerOptions } => ({
      server: { [handler]: (_: unknown, _session: unknown, end: (error: Error) => void) => end(answered(code, words)) },
    })
    test(`4xx to ${command} is worth another attempt, 5xx is not, unless it asks for a login`, async (t) => {
      const busy = await openMailServer(t, answering(451, '4.7.1 Greylisted, try later'))
      await assert.rejects(busy.mailer.send(sampleMail), again(/^451 4\.7\.1 Greylisted, try later$/))
      const unknown = await openMailServer(t, answering(550, '5.1.1 No such mailbox'))
      await assert.rejects(unknown.mailer.send(sampleMail), forGood(/^550 5\.1\.1 No such mailbox$/))
      const guarded = await openMailServer(t, answering(530, '5.7.0 Authentication required'))
      await assert.rejects(guarded.mailer.send(sampleMail), again(/^530 5\.7\.0/))
    })
  }

  test('451 after the data, then 250: the same mail under the same Message-ID', async (t) => {
    const answers = [answered(451, '4.3.0 Try later'), 'queued']
    const { mailer, received } = await openMailServer(t, { answer: () => answers.shift() ?? '' })
    await assert.rejects(mailer.send(sampleMail), again(/^451 4\.3\.0 Try later$/))
    assert.equal(await mailer.send(sampleMail), '250 queued')
    assert.deepEqual(idsOf(received), Array(2).fill('<msg_0190a1@example.com>'))
    assert.equal(received[0]?.text, received[1]?.text)
  })

  test('550 after the data is for good, in the words of the server on one short line', async (t) => {
    const words = `5.7.1 Refused\n${'because '.repeat(80)}`
    const { mailer } = await openMailServer(t, { answer: () => answered(550, words) })
    await assert.rejects(mailer.send(sampleMail), forGood(/^550.5\.7\.1 Refused.{100,183}$/))
  })

  test('a connection that dies between the end of the data and its answer: one copy an attempt', async (t) => {
    const answers = ['hang up', 'queued']
    const { mailer, received } = await openMailServer(t, { answer: () => answers.shift() ?? '' })
    await assert.rejects(mailer.send(sampleMail), again(/closed/))
    await pause(300)
    assert.equal(received.length, 1)
    await mailer.send(sampleMail)
    assert.deepEqual(idsOf(received), Array(2).fill('<msg_0190a1@example.com>'))
  })

  test('silence, after the data or from the start, ends with our patience', async (t) => {
    const patience = seconds(0.3)
    const { mailer } = await openMailServer(t, { answer: () => 'silence', settings: { patience } })
    await assert.rejects(mailer.send(sampleMail), again(/^no answer within/))
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const waiting = makeSmtpMailer({ ...sampleSettings, url: `smtp://127.0.0.1:${portOf(mute)}`, patience })
    await assert.rejects(waiting.send(sampleMail), again(/^no answer within/))
    mute.close()
    await once(mute, 'close')
    await assert.rejects(waiting.send(sampleMail), again(/ECONNREFUSED/))
  })

  test('a server that turns us away at the door, or does not know our password, is worth another attempt', async (t) => {
    const away = await openMailServer(t, { server: { onConnect: (_, end) => end(answered(554, 'No service')) } })
    await assert.rejects(away.mailer.send(sampleMail), again(/^554 No service/))
    const login = await openMailServer(t, {
      server: { onAuth: (_, __, end) => end(answered(535, '5.7.8 Wrong password')), allowInsecureAuth: true },
      settings: { login: 'us:p%40ss' },
    })
    await assert.rejects(login.mailer.send(sampleMail), again(/^535 5\.7\.8 Wrong password$/))
  })

  test('closing lets go of what is under way', async (t) => {
    const { mailer } = await openMailServer(t, { answer: () => 'silence' })
    const sending = assert.rejects(mailer.send(sampleMail), again(/./))
    await pause(200)
    await mailer.close()
    await sending
    await assert.rejects(mailer.send(sampleMail), again(/closed/))
  })
})
