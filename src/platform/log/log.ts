import { pino } from 'pino'

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
    const fault = err?.stack ? `\n${err.stack}` : ''
    process.stderr.write(`${String(time).slice(11, 19)} ${LEVELS[level] ?? ' '} ${msg} ${more}${fault}\n`)
  },
}

/** JSON lines on standard output; readable lines on standard error when a person watches. */
export function makeLog(options: { forPeople: boolean }): Log {
  const settings = { base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return options.forPeople ? pino(settings, pretty) : pino(settings)
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, child: () => silentLog }
