import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { suite, type TestContext, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { type Duration, seconds } from '../clock.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import type { Mail } from './mail.ts'
import { makeSmtpMailer, type SmtpSettings } from './smtp.ts'

const letter: Mail = {
  id: 'msg_0190a1',
  to: 'marie@example.com',
  language: 'fr-CA',
  template: 'sign-up-code',
  subject: '123456 est votre code de vérification',
  text: `Voici votre code, à taper sur la page :\n\n    123456\n\n.\nhttps://account.example.com/${'x'.repeat(120)}\n`,
  html: '<!doctype html><p lang="fr">Voici votre code : <b>123456</b></p>',
  code: '123456',
  link: null,
}

type Received = Email & { raw: string; sender: string; recipients: string[]; utf8: boolean; hello: string }
type Answer = () => Error | string | 'hang up' | 'silence'

const answered = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })

/** A real mail server on loopback, and the mailer in front of it; `answer` says what comes after the end of data. */
async function open(
  t: TestContext,
  options: SMTPServerOptions = {},
  answer: Answer = () => '2.0.0 Ok: queued as 4F1',
  settings: Partial<SmtpSettings> & { login?: string; patience?: Duration; host?: string } = {},
) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    async onData(stream, { envelope, hostNameAppearsAs }, callback) {
      const raw = await buffer(stream)
      received.push({
        ...(await PostalMime.parse(raw)),
        raw: raw.toString(),
        sender: envelope.mailFrom ? envelope.mailFrom.address : '',
        recipients: envelope.rcptTo.map(({ address }) => address),
        utf8: envelope.smtpUtf8 === true,
        hello: String(hostNameAppearsAs),
      })
      const result = answer()
      if (result instanceof Error) callback(result)
      else if (result === 'hang up') for (const socket of sockets) socket.destroy()
      else if (result !== 'silence') callback(null, result)
    },
    ...options,
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => void sockets.add(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { login, host = '127.0.0.1', ...more } = settings
  const url = `smtp://${login ? `${login}@` : ''}${host}:${port}`
  const from = 'Passerelle, équipe <account@example.com>'
  const mailer = makeSmtpMailer({ url, from, origin: 'https://account.example.com', ...more })
  t.after(async () => {
    await mailer.close()
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => server.close(resolve))
  })
  return { mailer, received, sockets }
}

const header = (mail: Received | undefined, key: string) => mail?.headers.find((one) => one.key === key)?.value
/** Fails, is worth another attempt, and says `words`. */
const again = (words: RegExp) => (error: unknown) =>
  error instanceof Error && !(error instanceof RefusedForGood) && words.test(error.message)
const forGood = (words: RegExp) => (error: unknown) => error instanceof RefusedForGood && words.test(error.message)

suite('a mail that is taken', () => {
  test('arrives in two parts, with the headers of a letter nobody should answer', async (t) => {
    const { mailer, received } = await open(t)
    assert.equal(await mailer.send(letter), '250 2.0.0 Ok: queued as 4F1')
    const [mail] = received
    assert.equal(mail?.subject, letter.subject)
    assert.deepEqual(mail?.from, { address: 'account@example.com', name: 'Passerelle, équipe' })
    assert.deepEqual(mail?.to, [{ address: letter.to, name: '' }])
    assert.deepEqual([mail?.sender, mail?.recipients], ['account@example.com', [letter.to]])
    assert.equal(mail?.text?.replaceAll('\r\n', '\n'), letter.text)
    assert.equal(mail?.html?.trim(), letter.html)
    assert.equal(mail?.attachments.length, 0)
    assert.equal(mail?.messageId, '<msg_0190a1@example.com>')
    assert.ok(Number.isFinite(Date.parse(mail?.date ?? '')))
    assert.equal(header(mail, 'auto-submitted'), 'auto-generated')
    assert.equal(header(mail, 'content-language'), 'fr-CA')
    assert.equal(header(mail, 'x-auto-response-suppress'), 'All')
    assert.match(header(mail, 'content-type') ?? '', /^multipart\/alternative/)
    assert.deepEqual(
      mail?.headers.map(({ key }) => key).filter((key) => /^list-|mailer|precedence|bcc|reply-to/.test(key)),
      [],
    )
    assert.equal(mail?.hello, 'account.example.com')
  })

  test('an address of RFC 6531 goes to a server that offers SMTPUTF8; a domain alone is written in ASCII', async (t) => {
    const { mailer, received } = await open(t)
    await mailer.send({ ...letter, to: 'zoë@exämple.com' })
    await mailer.send({ ...letter, to: 'zoe@exämple.com' })
    assert.deepEqual(received[0]?.recipients, ['zoë@exämple.com'])
    assert.equal(received[0]?.utf8, true)
    assert.deepEqual(header(received[1], 'to'), 'zoe@xn--exmple-cua.com')
    assert.equal(received[1]?.utf8, false)
  })

  test('subjects of other scripts arrive as they are', async (t) => {
    const { mailer, received } = await open(t)
    const subjects = ['رمز التحقق الخاص بك هو 123456', '確認コードは 123456 です 🔐', `é${'é'.repeat(300)}`]
    for (const subject of subjects) await mailer.send({ ...letter, subject })
    assert.deepEqual(received.map(({ subject }) => subject), subjects)
    for (const { raw } of received) assert.ok(raw.split('\r\n').every((line) => line.length <= 998))
  })

  test('sixteen at once share three connections', async (t) => {
    const { mailer, received, sockets } = await open(t)
    await Promise.all(Array.from({ length: 16 }, (_, n) => mailer.send({ ...letter, id: `msg_${n}` })))
    assert.equal(new Set(received.map(({ messageId }) => messageId)).size, 16)
    assert.equal(sockets.size, 3)
  })

  test('an idle connection that the server has closed costs no attempt', async (t) => {
    const { mailer, received, sockets } = await open(t)
    await mailer.send(letter)
    for (const socket of sockets) socket.destroy()
    await mailer.send(letter)
    assert.equal(received.length, 2)
  })
})

suite('a mail that is not taken', () => {
  const at = { MAIL: 'onMailFrom', RCPT: 'onRcptTo' } as const
  for (const [command, handler] of Object.entries(at)) {
    const refusing = (code: number, words: string): SMTPServerOptions => ({
      [handler]: (_address: unknown, _session: unknown, callback: (error: Error) => void) =>
        callback(answered(code, words)),
    })
    test(`4xx to ${command} is worth another attempt, 5xx is not`, async (t) => {
      const busy = await open(t, refusing(451, '4.7.1 Greylisted, try later'))
      await assert.rejects(busy.mailer.send(letter), again(/^451 4\.7\.1 Greylisted, try later$/))
      const wrong = await open(t, refusing(550, '5.1.1 No such mailbox'))
      await assert.rejects(wrong.mailer.send(letter), forGood(/^550 5\.1\.1 No such mailbox$/))
      const locked = await open(t, refusing(530, '5.7.0 Authentication required'))
      await assert.rejects(locked.mailer.send(letter), again(/^530/))
    })
  }

  test('451 after the data, then 250: the same mail under the same Message-ID', async (t) => {
    const answers = [answered(451, '4.3.0 Try later'), 'queued']
    const { mailer, received } = await open(t, {}, () => answers.shift() ?? '')
    await assert.rejects(mailer.send(letter), again(/^451 4\.3\.0 Try later$/))
    assert.equal(await mailer.send(letter), '250 queued')
    assert.deepEqual(received.map(({ messageId }) => messageId), Array(2).fill('<msg_0190a1@example.com>'))
    assert.equal(received[0]?.text, received[1]?.text)
  })

  test('550 after the data is for good, in the words of the server on one short line', async (t) => {
    const words = `5.7.1 Refused\n${'because '.repeat(80)}`
    const { mailer } = await open(t, {}, () => answered(550, words))
    await assert.rejects(mailer.send(letter), (error: Error) => {
      assert.doesNotMatch(error.message, /[\r\n]/)
      return forGood(/^550.5\.7\.1 Refused.{20,190}$/)(error) && error.message.length <= 200
    })
  })

  test('a connection that dies between the end of the data and its answer: one copy an attempt', async (t) => {
    const answers = ['hang up', 'queued']
    const { mailer, received } = await open(t, {}, () => answers.shift() ?? '')
    await assert.rejects(mailer.send(letter), again(/closed/))
    await new Promise((resolve) => setTimeout(resolve, 300))
    assert.equal(received.length, 1)
    await mailer.send(letter)
    assert.deepEqual(received.map(({ messageId }) => messageId), Array(2).fill('<msg_0190a1@example.com>'))
  })

  test('silence, after the data or from the start, ends with our patience', async (t) => {
    const { mailer } = await open(t, {}, () => 'silence', { patience: seconds(0.3) })
    await assert.rejects(mailer.send(letter), again(/^no answer within/))
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    t.after(() => mute.close())
    const address = mute.address()
    const url = `smtp://127.0.0.1:${typeof address === 'object' && address?.port}`
    const waiting = makeSmtpMailer({ url, from: 'a@example.com', origin: 'http://localhost:3000', patience: seconds(0.3) })
    await assert.rejects(waiting.send(letter), again(/^no answer/))
    mute.close()
    await assert.rejects(waiting.send(letter), again(/ECONNREFUSED|no answer/))
  })

  test('closing lets go of what is under way', async (t) => {
    const { mailer } = await open(t, {}, () => 'silence')
    const sending = assert.rejects(mailer.send(letter), again(/./))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await mailer.close()
    await sending
    await assert.rejects(mailer.send(letter), again(/closed/))
  })
})
