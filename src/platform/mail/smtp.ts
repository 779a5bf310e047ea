/** Hands mails to the operator's mail server (SMTP, RFC 5321), by nodemailer. What a mail says is logged nowhere. */
import { domainToASCII } from 'node:url'
import { createTransport, type NodemailerError } from 'nodemailer'
import { type Duration, inSeconds, seconds } from '../clock.ts'
import { CARRYING_TAKES_AT_MOST, RefusedForGood } from '../outbox/dispatcher.ts'
import { oneLine } from '../plain-text.ts'
import type { Mail, Mailer } from './mail.ts'

export type SmtpSettings = {
  /** `smtp(s)://user:password@host:port`; without a port 587, or 465 for smtps. */
  url: string
  /** The sender: an address, or `Name <address>`. */
  from: string
  /** The public origin of the service; its host is the name given to the mail server (EHLO). */
  origin: string
  /** How long one attempt may take, waiting for a connection included; by default as long as the outbox lets it. */
  patience?: Duration
}

export type SmtpMailer = Mailer & {
  /** Connects, greets and signs in, and sends nothing. @throws {Error} one line: what the server said */
  greet(): Promise<void>
}

// Some servers give one client no more than three connections.
const CONNECTIONS = 3
const CONNECT_WITHIN = seconds(15)

/**
 * A mailer over SMTP; it connects when there is something to send. An answer of 5xx to the sender, the recipient or the
 * letter is a refusal for good. All else throws an ordinary Error and is worth another attempt: 4xx, a connection that
 * fails, silence, and a login, greeting or TLS that the server refuses, which is for the operator to put right.
 * @throws {Error} one line, when a setting is not of its form
 */
export function makeSmtpMailer({ url, from, origin, patience = CARRYING_TAKES_AT_MOST }: SmtpSettings): SmtpMailer {
  const { hostname } = new URL(origin)
  const sender = readSender(from)
  const domain = domainToASCII(sender.address.replace(/^.*@/, ''))
  const transport = createTransport({
    ...readServer(url),
    name: hostname,
    pool: true,
    maxConnections: CONNECTIONS,
    // Once more at once where an idle connection turns out closed before a byte of the letter has left.
    maxRequeues: 1,
    connectionTimeout: CONNECT_WITHIN.ms,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      if (!isAddress(mail.to)) throw new RefusedForGood('the recipient is not an address')
      const signal = AbortSignal.timeout(patience.ms)
      const message = { ...messageOf(mail), from: sender, messageId: `<${mail.id}@${domain}>`, signal }
      const { response } = await transport.sendMail(message).catch((error: NodemailerError) => {
        throw signal.aborted ? new Error(`no answer within ${inSeconds(patience)} s`) : failureOf(error)
      })
      return said(response)
    },
    async greet() {
      await transport.verify().catch((error: NodemailerError) => {
        throw failureOf(error)
      })
    },
    async close() {
      transport.close({ force: true })
    },
  }
}

const messageOf = ({ to, subject, text, html, language }: Mail) => ({
  to: { name: '', address: to },
  subject,
  text,
  html,
  headers: {
    'Auto-Submitted': 'auto-generated', // RFC 3834, section 5
    'Content-Language': language, // RFC 3282
    'X-Auto-Response-Suppress': 'All', // the same as the first, to Exchange
  },
})

// 530: the server wants a login or TLS first, and would take the letter after it (RFC 4954, section 6).
const isRefusal = ({ code, permanent, responseCode }: NodemailerError): boolean =>
  (code === 'EENVELOPE' || code === 'EMESSAGE') && permanent === true && responseCode !== 530

const failureOf = (error: NodemailerError): Error => {
  const words = said(error.response ?? error.message)
  return isRefusal(error) ? new RefusedForGood(words) : new Error(words)
}

/** What the server said, fit for a column and a log. */
const said = (words: string): string => oneLine(words).slice(0, 200)

/** One address and nothing else: no list, no name, no quoting, no white space or invisible characters. */
const isAddress = (text: string): boolean =>
  /^[^\s\p{Cc}\p{Cf}<>()[\]\\,;:"@]+@[^\s\p{Cc}\p{Cf}<>()[\]\\,;:"@]+$/u.test(text)

function readSender(from: string): { name: string; address: string } {
  const whole = from.trim()
  const [, before = '', address = whole] = /^([^<>\p{Cc}]*)<([^<>]*)>$/u.exec(whole) ?? []
  const [, name] = /^"?([^"]*)"?$/.exec(before.trim()) ?? []
  if (name === undefined || !isAddress(address))
    throw new Error('MAIL_FROM must be an address, or a name and an address: Name <name@example.com>')
  return { name, address }
}

/** On this machine TLS would guard nothing, and local servers present certificates nobody has signed. */
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host)

/** A login leaves this machine through verified TLS only; without one, TLS is used where the server offers it. */
function readServer(url: string) {
  const { protocol, hostname, port, username, password, pathname, search, hash } = parse(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!/^smtps?:$/.test(protocol) || host === '' || /[^/]/.test(pathname + search + hash)) throw wrongUrl()
  const local = isLoopback(host)
  return {
    host,
    port,
    secure: protocol === 'smtps:',
    ignoreTLS: local,
    requireTLS: !local && username !== '',
    ...(username && { auth: { user: decode(username), pass: decode(password) } }),
  }
}

// Never the URL itself: the password is in it.
const wrongUrl = (): Error => new Error('SMTP_URL must be smtp(s)://user:password@host:port, special characters as %40')

function parse(url: string): URL {
  if (!URL.canParse(url)) throw wrongUrl()
  return new URL(url)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrongUrl()
  }
}
