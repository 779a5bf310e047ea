/** What a command takes and prints: lines for people, or JSON for programs. */
import { type Command, InvalidArgumentError } from 'commander'
import { seconds } from '../../platform/clock.ts'
import { oneLine, plainJson, visible } from '../../platform/plain-text.ts'

export type Options = { json?: boolean }

/** A command below `parent`, with what every command has. */
export const command = (parent: Command, name: string, description: string): Command =>
  parent.command(name).description(description).option('--json', 'print JSON')

/** An option that is a number. @throws {InvalidArgumentError} */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number from 1 to 999.')
}

/** Parses a whole number, 0 included. @throws {InvalidArgumentError} */
export function wholeNumberOrZero(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number.')
}

export function print({ json }: Options, { text, data }: { text: string; data: unknown }): void {
  console.log(json ? jsonLine(data) : visible(text))
}

/** JSON that a terminal can be shown: what people have typed steers nothing there. */
export const jsonLine = (data: unknown): string => plainJson(JSON.stringify(data))

/** Lines with their columns one below the other. */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(oneLine))
  const widths = rows.reduce<number[]>((wide, row) => row.map((cell, at) => Math.max(wide[at] ?? 0, cell.length)), [])
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The width of a terminal that every line fits into, in characters. */
export const WIDTH = 100

/** Lines of at most so many characters: parted at a space, or within a word where that is longer than a line. */
export const wrapped = (text: string, most: number = WIDTH): string[] =>
  text.split('\n').flatMap((line) => parted(line, most))

function parted(line: string, most: number): string[] {
  const lines: string[] = []
  let left = Array.from(line)
  while (left.length > most) {
    const space = left.lastIndexOf(' ', most)
    const end = space > 0 ? space : most
    lines.push(left.slice(0, end).join(''))
    left = left.slice(space > 0 ? end + 1 : end)
  }
  return [...lines, left.join('')]
}

const PATIENCE = seconds(1)
const CLEAR = '\u001b[K'

/** Says on a terminal what is being done, when that takes longer than a second; how far it is, every second. */
export async function patiently<Result>(
  what: string | (() => string),
  work: Promise<Result>,
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Promise<Result> {
  if (!terminal.isTTY) return work
  let told = false
  const tell = (): NodeJS.Timeout =>
    setTimeout(() => {
      terminal.write(`${told ? CLEAR : ''}${typeof what === 'string' ? what : what()} …\r`) // what is printed next takes its place
      told = true
      if (typeof what !== 'string') timer = tell()
    }, PATIENCE.ms)
  let timer = tell()
  return work.finally(() => {
    clearTimeout(timer)
    if (told) terminal.write(CLEAR)
  })
}
