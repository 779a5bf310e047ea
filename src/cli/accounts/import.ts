/**
 * `passerelle accounts import`: a file of lines goes to the service in batches.
 *
 *   read ──► 500 lines or 1 MB ──► POST ──► write down how far it has come ──► tell
 *
 * What is there already is left as it is, so that a second run, or one after an interruption, does no harm.
 */
import { appendFileSync, createReadStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Batch, ImportedAnswer } from '../../operator/transfer/routes.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { type Options, print } from '../client/output.ts'
import { Refusal } from '../client/refusal.ts'
import { ask } from '../client/service.ts'
import { progressBar } from './progress.ts'

const BATCH_LINES = 500
const BATCH_CHARACTERS = 1_000_000
const LONGEST_LINE = 64_000
const SHOWN = 20

export type ImportOptions = Options & { dryRun?: boolean; resume?: boolean; report?: string }

type Refused = ImportedAnswer['refused'][number]
type Batched = { number: number; value: unknown }
type Gathered = { lines: Batched[]; unreadable: Refused[]; upTo: number; bytes: number }
type Tally = { lines: number; imported: number; present: number; refused: number; shown: Refused[] }

export async function importAccounts(file: string, options: ImportOptions): Promise<void> {
  if (file === '-' && options.resume)
    throw new Refusal('cannot-resume', 'Standard input cannot be taken up again: give a file')
  const size = sizeOf(file)
  const kept = keeperOf(file, size, options)
  const report = reporter(options, kept.done > 0)
  const progress = progressBar(file === '-' ? undefined : size)
  const tally: Tally = { lines: kept.done, imported: 0, present: 0, refused: 0, shown: [] }
  try {
    for await (const { lines, unreadable, upTo, bytes } of batchesOf(file, kept.done)) {
      const answer = lines.length > 0 ? await send(lines, options) : { imported: 0, present: 0, refused: [] }
      const refused = [...unreadable, ...answer.refused].sort((one, other) => one.line - other.line)
      report(refused)
      kept.cameTo(upTo)
      add(tally, { ...answer, refused }, upTo)
      progress.cameTo(bytes, upTo)
    }
  } finally {
    progress.end()
  }
  kept.forget()
  if (tally.refused > 0) process.exitCode = 1
  print(options, { data: told(tally, options), text: inWords(tally, options) })
}

function sizeOf(file: string): number {
  try {
    return file === '-' ? 0 : statSync(file).size
  } catch (error) {
    throw new Refusal('unreadable', `${file} cannot be read: ${reasonOf(error)}`)
  }
}

async function send(lines: readonly Batched[], { dryRun }: ImportOptions): Promise<ImportedAnswer> {
  const batch: Batch = { lines: lines.map(({ value }) => value), dry_run: dryRun ?? false }
  const answer = await ask<ImportedAnswer>('POST', '/accounts/import', batch)
  return {
    ...answer,
    refused: answer.refused.map((one) => ({ ...one, line: lines[one.line - 1]?.number ?? one.line })),
  }
}

/** The lines of the file after the first so many, in batches; blank ones are passed over. `bytes`: read so far. */
async function* batchesOf(file: string, done: number): AsyncGenerator<Gathered> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  let batch: Gathered = { lines: [], unreadable: [], upTo: done, bytes: 0 }
  let characters = 0
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    batch.bytes += Buffer.byteLength(line) + 1
    if (number <= done) continue
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line
    if (text.trim() !== '') read(batch, text, number)
    batch.upTo = number
    characters += text.length
    if (batch.lines.length < BATCH_LINES && characters < BATCH_CHARACTERS) continue
    yield batch
    batch = { ...batch, lines: [], unreadable: [] }
    characters = 0
  }
  if (batch.upTo > done) yield batch
}

function read(batch: Gathered, text: string, number: number): void {
  const refuse = (reason: string, detail: string) => batch.unreadable.push({ line: number, reason, detail })
  if (text.length > LONGEST_LINE) refuse('line-too-long', `The line has more than ${LONGEST_LINE} characters.`)
  else
    try {
      batch.lines.push({ number, value: JSON.parse(text) })
    } catch {
      refuse('not-json', 'The line is not JSON.')
    }
}

/** How far an import has come is kept beside its file, until it is through. */
function keeperOf(file: string, size: number, { resume, dryRun }: ImportOptions) {
  const note = `${file}.imported`
  if (file === '-' || dryRun) return { done: 0, cameTo: (_line: number) => {}, forget: () => {} }
  return {
    done: resume && existsSync(note) ? doneSoFar(note, file, size) : 0,
    cameTo: (lines: number) => writeFileSync(note, JSON.stringify({ size, lines })),
    forget: () => rmSync(note, { force: true }),
  }
}

function doneSoFar(note: string, file: string, size: number): number {
  const kept: { size?: unknown; lines?: unknown } = JSON.parse(readFileSync(note, 'utf8'))
  if (kept.size !== size)
    throw new Refusal('file-changed', `${file} is not as it was when ${note} was written: import it without --resume`)
  return Number(kept.lines)
}

/** Writes refused lines down as they come: number and reason, never what the line held. */
function reporter({ report }: ImportOptions, goesOn: boolean): (refused: readonly Refused[]) => void {
  if (report === undefined) return () => {}
  try {
    writeFileSync(report, '', { mode: 0o600, flag: goesOn ? 'a' : 'w' })
  } catch (error) {
    throw new Refusal('unwritable', `${report} cannot be written: ${reasonOf(error)}`)
  }
  return (refused) => appendFileSync(report, refused.map((one) => `${JSON.stringify(one)}\n`).join(''))
}

function add(tally: Tally, { imported, present, refused }: ImportedAnswer, lines: number): void {
  tally.lines = lines
  tally.imported += imported
  tally.present += present
  tally.refused += refused.length
  tally.shown.push(...refused.slice(0, SHOWN - tally.shown.length))
}

const told = ({ shown, ...counts }: Tally, { dryRun, report }: ImportOptions) => ({
  dry_run: dryRun ?? false,
  ...counts,
  first_refused: shown,
  ...(report && { report }),
})

function inWords({ lines, imported, present, refused, shown }: Tally, { dryRun, report }: ImportOptions): string {
  const nothing = imported === 0 && refused === 0 && !dryRun ? ' Nothing was changed.' : ''
  const would = dryRun ? 'would be imported' : 'imported'
  const sum = `${lines} lines: ${imported} ${would}, ${present} there already, ${refused} refused.${nothing}`
  const rest = refused - shown.length
  const more = rest > 0 ? [`… and ${rest} more: ${report ?? '--report FILE writes all of them down'}`] : []
  return [sum, ...shown.map(({ line, detail }) => `line ${line}: ${detail}`), ...more].join('\n')
}
