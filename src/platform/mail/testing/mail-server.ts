/** A real mail server on loopback for tests, and a mailer in front of it. */
import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Mail, Mailer } from '../mail.ts'
import { makeSmtpMailer, type SmtpSettings } from '../smtp.ts'

/** What arrived: the mail as a mail program reads it, as it was on the wire, and its envelope. */
export type Received = Email & { raw: string; mailFrom: string; recipients: string[]; utf8: boolean; hello: string }

/** What the server says after the end of the data, if anything. */
export type Answer = () => Error | string | 'hang up' | 'silence'

export const answered = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })

export const sampleMail: Mail = {
  id: 'msg_0190a1',
  to: 'marie@example.com',
  language: 'fr-CA',
  template: 'sign-up-code',
  subject: '123456 est votre code de vérification',
  text: `Voici votre code, à taper sur la page :\n\n    123456\n\n.\nhttps://account.example.com/${'x'.repeat(120)}`,
  html: '<!doctype html><p lang="fr">Voici votre code : <b>123456</b></p>',
  code: '123456',
  link: null,
}

export const sampleSettings = {
  from: 'Passerelle, équipe <account@example.com>',
  origin: 'https://account.example.com',
}

export type MailServer = { mailer: Mailer; received: Received[]; sockets: Set<Socket> }
type Options = {
  /** What the server offers and how it answers before the data. */
  server?: SMTPServerOptions
  answer?: Answer
  /** Settings of the mailer that are other than usual; `login` is `user:password`. */
  settings?: Partial<SmtpSettings> & { login?: string; host?: string }
}

export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

export async function openMailServer(t: TestContext, { server, answer, settings }: Options = {}): Promise<MailServer> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const taking = new SMTPServer({
    authOptional: true,
    logger: false,
    async onData(stream, { envelope, hostNameAppearsAs }, callback) {
      const raw = await buffer(stream)
      received.push({
        ...(await PostalMime.parse(raw)),
        raw: raw.toString(),
        mailFrom: envelope.mailFrom ? envelope.mailFrom.address : '',
        recipients: envelope.rcptTo.map(({ address }) => address),
        utf8: envelope.smtpUtf8 === true,
        hello: String(hostNameAppearsAs),
      })
      const result = answer?.() ?? '2.0.0 Ok: queued as 4F1'
      if (result instanceof Error) callback(result)
      else if (result === 'hang up') for (const socket of sockets) socket.destroy()
      else if (result !== 'silence') callback(null, result)
    },
    ...server,
  })
  taking.on('error', () => {})
  taking.server.on('connection', (socket: Socket) => void sockets.add(socket))
  await once(taking.listen(0, '127.0.0.1'), 'listening')
  const { login, host = '127.0.0.1', ...more } = settings ?? {}
  const url = `smtp://${login ? `${login}@` : ''}${host}:${portOf(taking.server)}`
  const mailer = makeSmtpMailer({ url, ...sampleSettings, ...more })
  t.after(async () => {
    await mailer.close()
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => taking.close(resolve))
  })
  return { mailer, received, sockets }
}
