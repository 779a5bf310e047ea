/**
 * Every setting there is, and the only reader of the environment. A value comes from the environment, else from
 * the file (`passerelle.yaml`, or the one PASSERELLE_CONFIG names), else it is the default; NAME_FILE reads the
 * value of NAME from a file. A setting that is unknown or wrong stops the start with one line that names it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { days, type Duration, hours, minutes } from './platform/clock.ts'

/** A setting that is wrong: one line, fit for a terminal. */
export class WrongSetting extends Error {}

type Spec<Schema extends z.ZodType = z.ZodType> = {
  schema: Schema
  default: string
  about: string
  secret?: true
}
const setting = <Schema extends z.ZodType>(schema: Schema, value: string, about: string): Spec<Schema> => ({
  schema,
  default: value,
  about,
})
const secret = <Schema extends z.ZodType>(schema: Schema, about: string): Spec<Schema> => ({
  ...setting(schema, '', about),
  secret: true,
})

const text = z.string().trim()
const list = text.transform((value) => value.split(/[\s,]+/).filter((part) => part !== ''))
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const origin = text.refine(isOrigin, 'must be an origin such as https://account.example.com, without a path')
const masterKey = text.refine((value) => value === '' || value.length >= 32, 'must have at least 32 characters')

/** What an operator can set, in the order of docs/settings.md, which is made from this list. */
export const specs = {
  PASSERELLE_URL: setting(origin, 'http://localhost:3000', 'The public origin and OpenID Connect issuer. Every link in a mail is built from it, and from it alone.'),
  PASSERELLE_MODE: setting(z.enum(['', 'development', 'production']), '', 'Development turns on /dev; production refuses http, a missing master key and the development inbox. By default development on a loopback URL, else production.'),
  PASSERELLE_NAME: setting(text.min(1).max(40), 'Passerelle', 'The name people see on every page and letter.'),
  PORT: setting(whole(0, 65_535), '3000', 'The port it listens on.'),
  HOST: setting(text.min(1), '127.0.0.1', 'The address it listens on.'),
  PASSERELLE_DATA: setting(text.min(1), '.data', 'The folder of the embedded database, its keys and the development inbox.'),
  DATABASE_URL: secret(text.refine((v) => v === '' || /^postgres(ql)?:\/\//.test(v), 'must start with postgres://'), 'PostgreSQL 15 or later. Without it the embedded database in PASSERELLE_DATA serves one process.'),
  DATABASE_POOL: setting(whole(1, 200), '10', 'Connections to PostgreSQL that one process may hold.'),
  PASSERELLE_SECRET: secret(masterKey, 'The master key, 32 characters or more: it seals what must be read again and keys what is short. Made and kept in PASSERELLE_DATA where that holds the database; needed when DATABASE_URL is set.'),
  PASSERELLE_SECRET_FORMER: secret(list, 'Former master keys, still able to open what they sealed.'),
  PASSERELLE_ADMIN_TOKEN: secret(masterKey, 'The operator’s API token. By default made once and kept in PASSERELLE_DATA/admin-token.'),
  PASSERELLE_METRICS_TOKEN: secret(text, 'A bearer token that opens /metrics and nothing else; the operator’s token opens it too.'),
  SMTP_URL: secret(text.refine((v) => v === '' || /^smtps?:\/\//.test(v), 'must start with smtp:// or smtps://'), 'The mail server, smtp(s)://user:password@host:port. Without it mail goes to the development inbox.'),
  MAIL_FROM: setting(text.regex(/^[^\r\n]+@[^\r\n]+$/), 'Passerelle <account@localhost>', 'The sender of every letter.'),
  PASSERELLE_TRUSTED_PROXIES: setting(list, '', 'Addresses or networks (CIDR) whose X-Forwarded-For is believed.'),
  PASSERELLE_LOG: setting(z.enum(['', 'json', 'pretty']), '', 'JSON lines, or lines for people; by default people on a terminal.'),
  PASSERELLE_HASH_MEMORY_KIB: setting(whole(19_456, 1_048_576), '19456', 'Memory of one Argon2id hash, in KiB (OWASP: 19 MiB with two passes, or more).'),
  PASSERELLE_HASH_PASSES: setting(whole(1, 10), '2', 'Passes of one Argon2id hash; 2 at least with the default memory.'),
  PASSERELLE_HASH_LANES: setting(whole(0, 64), '0', 'Password hashes computed at once; 0 is one a processor.'),
  PASSERELLE_HASH_QUEUE: setting(whole(1, 10_000), '200', 'Password hashes that may wait; past it people are asked to come back in some seconds (503).'),
  PASSERELLE_PASSWORD_MIN: setting(whole(8, 64), '8', 'The shortest password, in Unicode code points. NIST SP 800-63B-4 asks 15 where a password is all there is.'),
  PASSERELLE_CODE_MINUTES: setting(whole(1, 60), '30', 'How long a code that was mailed works.'),
  PASSERELLE_CODE_TRIES: setting(whole(1, 10), '5', 'How many times a code may be tried.'),
  PASSERELLE_RESET_MINUTES: setting(whole(5, 1_440), '60', 'How long a link to reset the password works.'),
  PASSERELLE_SIGN_UP_DAYS: setting(whole(1, 30), '7', 'After how many days an unfinished sign-up, and any task that waits for it, is deleted.'),
  PASSERELLE_SESSION_IDLE_HOURS: setting(whole(1, 720), '12', 'A session ends when it was not used for so long.'),
  PASSERELLE_SESSION_DAYS: setting(whole(1, 90), '30', 'A session ends after so long, used or not.'),
  PASSERELLE_SIGN_IN_TRIES: setting(whole(3, 100), '10', 'Failed sign-ins for one address in a quarter of an hour before further ones are not looked at.'),
  PASSERELLE_NETWORK_TRIES: setting(whole(10, 100_000), '200', 'Failed sign-ins from one network (IPv4 address, IPv6 /64) in a quarter of an hour before further ones are not looked at.'),
} satisfies Record<string, Spec>

type Name = keyof typeof specs
type Values = { [N in Name]: z.output<(typeof specs)[N]['schema']> }

export type Settings = {
  values: Values
  url: URL
  https: boolean
  development: boolean
  figures: {
    passwordMin: number
    codeLives: Duration
    codeTries: number
    resetLives: Duration
    signUpLives: Duration
    sessionIdle: Duration
    sessionMax: Duration
    triesPerAddress: number
    triesPerNetwork: number
  }
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, origin: own, pathname, search, hash, username } = new URL(value)
  const bare = pathname === '/' && !search && !hash && !username && !value.endsWith('/')
  return /^https?:$/.test(protocol) && bare && own === value
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

type Given = Record<string, string | undefined>

/** The settings as the environment and the file give them. @throws {WrongSetting} */
export function readSettings(environment: Given = process.env): Settings {
  const file = readFile(environment)
  for (const name of [...Object.keys(file), ...Object.keys(environment).filter(isOurs)])
    if (!isKnown(name)) throw new WrongSetting(`${name} is not a setting; docs/settings.md lists them all`)
  const read = (name: Name) => {
    const given = fromSecretFile(environment, name) ?? environment[name] ?? file[name] ?? specs[name].default
    const result = specs[name].schema.safeParse(given)
    if (result.success) return result.data
    throw new WrongSetting(`${name} is wrong: ${result.error.issues[0]?.message ?? 'not of its form'}`)
  }
  return settle(Object.fromEntries(Object.keys(specs).map((name) => [name, read(name as Name)])) as Values)
}

const isOurs = (name: string): boolean => name.startsWith('PASSERELLE_') && !name.startsWith('PASSERELLE_TEST_')
const isKnown = (name: string): boolean => name === 'PASSERELLE_CONFIG' || name.replace(/_FILE$/, '') in specs

function readFile(environment: Given): Record<string, string> {
  const path = environment.PASSERELLE_CONFIG ?? 'passerelle.yaml'
  if (!existsSync(path)) {
    if (environment.PASSERELLE_CONFIG) throw new WrongSetting(`PASSERELLE_CONFIG names ${path}, which is not there`)
    return {}
  }
  const result = z.record(z.string(), z.union([z.string(), z.number()])).safeParse(parse(readFileSync(path, 'utf8')) ?? {})
  if (!result.success) throw new WrongSetting(`${path} must be a list of NAME: value`)
  return Object.fromEntries(Object.entries(result.data).map(([name, value]) => [name, String(value)]))
}

function fromSecretFile(environment: Given, name: Name): string | undefined {
  const path = environment[`${name}_FILE`]
  if (!path) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new WrongSetting(`${name}_FILE names ${path}, which cannot be read`)
  }
}

function settle(values: Values): Settings {
  const url = new URL(values.PASSERELLE_URL)
  const development = (values.PASSERELLE_MODE || (isLoopback(url) ? 'development' : 'production')) === 'development'
  const https = url.protocol === 'https:'
  if (development && !isLoopback(url)) throw new WrongSetting('PASSERELLE_MODE is development, which needs a loopback PASSERELLE_URL')
  if (!development && !https) throw new WrongSetting('PASSERELLE_URL must be https in production')
  if (!development && !values.SMTP_URL) throw new WrongSetting('SMTP_URL is needed in production: people must get their mail')
  if (values.DATABASE_URL && !values.PASSERELLE_SECRET && !development)
    throw new WrongSetting('PASSERELLE_SECRET is needed with DATABASE_URL')
  const figures = {
    passwordMin: values.PASSERELLE_PASSWORD_MIN,
    codeLives: minutes(values.PASSERELLE_CODE_MINUTES),
    codeTries: values.PASSERELLE_CODE_TRIES,
    resetLives: minutes(values.PASSERELLE_RESET_MINUTES),
    signUpLives: days(values.PASSERELLE_SIGN_UP_DAYS),
    sessionIdle: hours(values.PASSERELLE_SESSION_IDLE_HOURS),
    sessionMax: days(values.PASSERELLE_SESSION_DAYS),
    triesPerAddress: values.PASSERELLE_SIGN_IN_TRIES,
    triesPerNetwork: values.PASSERELLE_NETWORK_TRIES,
  }
  return { values, url, https, development, figures }
}
