/** What an operator can set, in the order of docs/settings.md, which is made from this list and the table of the limits. */
import { z } from 'zod'
import { LIMITS } from '../core/limits/counters/limits.ts'
import { isCountry } from '../platform/phone/number.ts'
import { areNetworks, isOrigin, takesCheckpoints } from './forms.ts'

type Note = { byDefault: string; about: string; secret: boolean }
const notes = new Map<z.ZodType, Note>()

function setting<Schema extends z.ZodType>(schema: Schema, byDefault: string, about: string, secret = false): Schema {
  const own = schema.clone()
  notes.set(own, { byDefault, about, secret })
  return own
}
const secret = <Schema extends z.ZodType>(schema: Schema, about: string) => setting(schema, '', about, true)

// The messages below follow the name of the setting in the error. They never repeat the value, which may be a secret.
const text = z.string().trim()
const named = text.min(1, 'must not be empty')
const split = (value: string): string[] => value.split(/[\s,]+/).filter((part) => part !== '')
const list = text.transform(split)
const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  z.enum(['', ...words], `must be ${words.join(' or ')}`)
const optional = (form: RegExp, message: string) => text.refine((value) => value === '' || form.test(value), message)
const longSecret = optional(/^.{32,}$/, 'must have at least 32 characters')
const isKey = (key: string): boolean => key.length >= 32
// A key may have spaces or commas in it: what would fall into pieces too short for keys is one key.
const keys = text
  .transform((value) => (split(value).every(isKey) ? split(value) : [value]))
  .refine((all) => all.every(isKey), 'must be keys of at least 32 characters')
// It travels in a header.
const longToken = optional(/^[\x20-\x7e]{32,}$/, 'must have at least 32 characters, all of them ASCII')
const sender = text.regex(
  /^[^\r\n]+@[^\r\n]+$/,
  'must be an address, or a name and an address: Name <name@example.com>',
)

function whole(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(message).int(message).min(least, message).max(most, message)
}

const countries = text
  .transform((value) => split(value.toUpperCase()))
  .refine((codes) => codes.every(isCountry), 'must be codes of countries such as CA, US, FR')

export const specs = {
  PASSERELLE_URL: setting(
    text.refine(isOrigin, 'must be an origin such as https://account.example.com, without a path'),
    'http://localhost:3000',
    'The public origin and OpenID Connect issuer. Every link in a mail is built from it, and from it alone. By default on localhost, at PORT.',
  ),
  PASSERELLE_MODE: setting(
    oneOf('development', 'production'),
    '',
    'Development turns on /dev; production refuses http, a missing master key and the development inbox. By default development on a loopback URL, else production.',
  ),
  PASSERELLE_NAME: setting(
    named.max(40, 'must have at most 40 characters'),
    'Passerelle',
    'The name people see on every page and letter.',
  ),
  PORT: setting(whole(0, 65_535), '3000', 'The port it listens on.'),
  HOST: setting(named, '127.0.0.1', 'The address it listens on.'),
  PASSERELLE_DATA: setting(named, '.data', 'The folder of the embedded database, its keys and the development inbox.'),
  DATABASE_URL: secret(
    optional(/^postgres(ql)?:\/\//, 'must start with postgres://'),
    'PostgreSQL 15 or later. Without it the embedded database in PASSERELLE_DATA serves one process.',
  ),
  DATABASE_POOL: setting(whole(1, 200), '10', 'Connections to PostgreSQL that one process may hold.'),
  PASSERELLE_SECRET: secret(
    longSecret,
    'The master key, 32 characters or more: it seals what must be read again and keys what is short. Made and kept in PASSERELLE_DATA/master-key; needed when DATABASE_URL is set.',
  ),
  PASSERELLE_SECRET_FORMER: secret(keys, 'Former master keys, still able to open what they sealed.'),
  PASSERELLE_ADMIN_TOKEN: secret(
    longToken,
    'The operator’s API token, 32 characters or more. By default made once and kept in PASSERELLE_DATA/admin-token.',
  ),
  PASSERELLE_METRICS_TOKEN: secret(text, 'A bearer token for /metrics and nothing else; the operator’s opens it too.'),
  PASSERELLE_AUDIT_CHECKPOINTS: setting(
    text.refine(takesCheckpoints, 'must be a path, or a URL that is https'),
    '',
    'Where signed checkpoints of the audit log go once a minute: a file, or an https URL that takes each as a POST. By default PASSERELLE_DATA/audit-checkpoints.jsonl.',
  ),
  PASSERELLE_STRANGERS_DAYS: setting(
    whole(7, 3_650),
    '90',
    'After how many days the audit log forgets from where a sign-in at an address without an account was refused.',
  ),
  SMTP_URL: secret(
    optional(/^smtps?:\/\//, 'must start with smtp:// or smtps://'),
    'The mail server, smtp(s)://user:password@host:port. Without it mail goes to the development inbox.',
  ),
  MAIL_FROM: setting(sender, 'Passerelle <account@localhost>', 'The sender of every letter.'),
  SMS_URL: secret(
    optional(/^(twilio|webhook\+https?):\/\//, 'must start with twilio:// or webhook+https://'),
    'Who carries text messages and voice calls: twilio://SID:TOKEN@api.twilio.com?from=+15145550100, or a webhook signed as Standard Webhooks, webhook+https://:SECRET@host/path. Without it they go to the development inbox, and in production there are none.',
  ),
  PASSERELLE_PHONE_COUNTRIES: setting(
    countries,
    '',
    'Countries (ISO 3166: CA, US, FR) whose numbers get texts and calls. By default none, and any in the development inbox.',
  ),
  PASSERELLE_TRUSTED_PROXIES: setting(
    list.refine(areNetworks, 'must be addresses or networks such as 10.0.0.0/8'),
    '',
    'Addresses or networks (CIDR) of proxies whose X-Forwarded-For or Forwarded (RFC 7239) is believed.',
  ),
  PASSERELLE_FORWARDED_HEADER: setting(
    oneOf('x-forwarded-for', 'forwarded'),
    '',
    'The header that the trusted proxies write. By default either; where a request has both and they disagree, neither is believed.',
  ),
  PASSERELLE_GEOIP: setting(
    text,
    '',
    'A file of places (.mmdb, MaxMind’s format, by city or country): letters and lists then say about where; without it they name networks.',
  ),
  PASSERELLE_LOG: setting(
    oneOf('json', 'pretty'),
    '',
    'JSON lines, or lines for people; by default people on a terminal.',
  ),
  PASSERELLE_HASH_MEMORY_KIB: setting(
    whole(19_456, 1_048_576),
    '19456',
    'Memory of one Argon2id hash, in KiB (OWASP: 19 MiB with two passes, or more).',
  ),
  PASSERELLE_HASH_PASSES: setting(
    whole(1, 10),
    '2',
    'Passes of one Argon2id hash; 2 at least with the default memory.',
  ),
  PASSERELLE_HASH_LANES: setting(whole(0, 64), '0', 'Password hashes computed at once; 0 is one a processor.'),
  PASSERELLE_HASH_QUEUE: setting(
    whole(1, 10_000),
    '200',
    'Password hashes that may wait; past it people are asked to come back in some seconds (503).',
  ),
  PASSERELLE_PASSWORD_MIN: setting(
    whole(8, 64),
    '8',
    'The shortest password, in Unicode code points, until `passerelle policy set` makes a first version. NIST SP 800-63B-4 asks 15 where a password is all there is.',
  ),
  PASSERELLE_CODE_MINUTES: setting(whole(1, 60), '30', 'How long a code that was mailed works.'),
  PASSERELLE_RESET_MINUTES: setting(whole(5, 1_440), '60', 'How long a link to reset the password works.'),
  PASSERELLE_COOLING_OFF_HOURS: setting(
    whole(0, 168),
    '72',
    'How long a way to sign in that was added to an account is neither enough by itself to change the address or other ways, nor demanded of somebody who reads the mailbox of the account. For as long an account that went back to a mailbox of before asks for an older way besides the password.',
  ),
  PASSERELLE_SIGN_UP_DAYS: setting(
    whole(1, 30),
    '7',
    'After how many days an unfinished sign-up, and any task that waits for it, is deleted.',
  ),
  PASSERELLE_UNFINISHED_SIGN_UPS: setting(
    whole(100, 10_000_000),
    '5000',
    'How many unfinished sign-ups are kept, the newest of all; of one site (IPv4 address, IPv6 /48) at most 300.',
  ),
  PASSERELLE_EMAIL_CHANGE: setting(
    oneOf('yes', 'no'),
    'yes',
    'Whether people may change their address; where they may not, its page says whom to ask.',
  ),
  PASSERELLE_SUPPORT: setting(
    text.max(120, 'must have at most 120 characters'),
    '',
    'Whom people ask for help: an address, a web page or a short text.',
  ),
  PASSERELLE_SESSION_IDLE_HOURS: setting(whole(1, 720), '12', 'A session ends when it was not used for so long.'),
  PASSERELLE_SESSION_DAYS: setting(whole(1, 90), '30', 'A session ends after so long, used or not.'),
  PASSERELLE_WAIT_SECONDS: setting(
    whole(1, 3_600),
    '30',
    'The first wait after failed sign-ins (PASSERELLE_WAIT_FROM); each is twice the one before.',
  ),
  PASSERELLE_WAIT_LONGEST_MINUTES: setting(whole(1, 1_440), '60', 'The longest of these waits.'),
  PASSERELLE_BLOCK_MINUTES: setting(
    whole(1, 1_440),
    '60',
    'How long a block lasts (PASSERELLE_SIGN_IN_TRIES); each is twice the one before.',
  ),
  PASSERELLE_BLOCK_LONGEST_HOURS: setting(whole(1, 720), '24', 'The longest of these blocks.'),
  PASSERELLE_CHALLENGE_COST: setting(
    whole(100, 1_000_000),
    '15000',
    'How dear the work is: rounds of PBKDF2, 256 times over on average.',
  ),
}

export type Listed = Note & { name: string; takes: string }

/** The settings of the limits; two limits may have the same one. */
export const limitSpecs = Object.fromEntries(
  Object.values(LIMITS).map(({ setting: name, counts, per, window, most, range, past }) => [
    name,
    setting(
      whole(range[0], range[1]),
      `${most}`,
      `${counts}; for each ${per}; in what time: ${window}. Past it: ${past}`,
    ),
  ]),
)

/** The same, to be shown. */
export const listed: readonly Listed[] = Object.entries({ ...specs, ...limitSpecs }).map(([name, schema]) => {
  const { byDefault = '', about = '', secret = false } = notes.get(schema) ?? {}
  return { name, byDefault, about, secret, takes: takes(schema) }
})

function takes(schema: z.ZodType): string {
  if (schema instanceof z.ZodNumber) return `${schema.minValue} to ${schema.maxValue}`
  if (schema instanceof z.ZodEnum) return schema.options.filter((word) => word !== '').join(', ')
  return schema instanceof z.ZodPipe ? 'a list' : 'text'
}
