import { pino } from 'pino'
import { oneLine, plainJson, withoutPeople } from '../plain-text.ts'

/** What the service says of itself. Structured fields, never a secret, a whole address or a body. */
export type Log = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Log
}

const LEVELS: Record<number, string> = { 30: ' ', 40: '!', 50: '✗', 60: '✗' }

/** For a terminal: the time of day, a mark for the level, the message, then the fields that say more. */
const pretty = {
  write(line: string): void {
    const { level, time, msg, name: _name, err, ...fields } = JSON.parse(line)
    const more = Object.entries(fields)
      .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ')
    const said = oneLine(`${String(time).slice(11, 19)} ${LEVELS[level] ?? ' '} ${msg} ${more}`)
    const fault = err ? `\n${oneLine(`${err.type}: ${err.message}`)}\n${err.stack}` : ''
    process.stderr.write(`${said}${fault}\n`)
  },
}

/** For programs. */
const plain = (to: { write(line: string): unknown }) => ({
  write: (line: string) => void to.write(`${plainJson(line.trimEnd())}\n`),
})

type Described = { type: string; code?: string; message: string; stack: string; cause?: Described }

/**
 * An error as far as a log may hold it: a message can quote what somebody typed, and so can any other property of it, such as
 * the `detail` of PostgreSQL.
 */
export function describe(error: unknown, causes = 3): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutPeople(String(error)), stack: '' }
  const { name, message, stack = '', cause } = error
  return {
    type: name,
    ...('code' in error && { code: withoutPeople(String(error.code), 50) }),
    message: withoutPeople(message),
    stack: withoutPeople(
      stack
        .replace(message, '')
        .split('\n')
        .filter((line) => /^ +at /.test(line))
        .join('\n'),
      3_000,
    ),
    ...(cause instanceof Error && causes > 0 && { cause: describe(cause, causes - 1) }),
  }
}

/** JSON lines on standard output, or where `to` says; readable lines on standard error when a person watches. */
export function makeLog(options: { forPeople: boolean; to?: { write(line: string): unknown } }): Log {
  const settings = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => describe(error) },
  }
  return pino(settings, options.forPeople ? pretty : plain(options.to ?? pino.destination({ dest: 1, sync: true })))
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, child: () => silentLog }
