/** `passerelle audit`: proves that nobody changed the audit log afterwards, and writes it out. */
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { CheckedAnswer, CheckpointLine, EventsAnswer, WalkAnswer } from '../operator/audit/routes.ts'
import { reasonOf } from '../platform/unavailable.ts'
import { readValues } from '../settings.ts'
import { command, jsonLine, type Options, patiently, print } from './client/output.ts'
import { Refusal } from './client/refusal.ts'
import { ask } from './client/service.ts'

type VerifyOptions = Options & { checkpoints?: string }
type ExportOptions = Options & { output?: string }

const CHECKPOINTS_AT_ONCE = 150
const EVENTS_AT_ONCE = 1_000

export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit log')
  command(
    audit,
    'verify',
    'proves that nobody edited, deleted, reordered or cut off anything; names the first wrong row',
  )
    .option('--checkpoints <file>', 'without it the file that PASSERELLE_AUDIT_CHECKPOINTS names')
    .action(verify)
  command(audit, 'export', 'writes the audit log as JSON Lines, the oldest event first')
    .option('--output <file>', 'a new file, instead of printing')
    .action(write)
}

/** @throws {Refusal} that says which row is the first wrong one, and what was done to it */
async function verify(options: VerifyOptions): Promise<void> {
  let told = 'Verifying'
  const work = async () => {
    const rows = await verifyRows((text) => {
      told = text
    })
    told = 'Comparing checkpoints'
    return { rows, ...(await verifyCheckpoints(options)) }
  }
  const data = await patiently(() => told, work())
  const { rows, checkpoints } = data
  const remark = checkpoints === 0 ? ' Without checkpoints nobody can tell whether its end was cut off.' : ''
  const text = `The audit log is right: ${counted(rows, 'row')}, ${counted(checkpoints, 'checkpoint')}.${remark}`
  print(options, { data, text })
}

const counted = (n: number, what: string): string => `${inFigures(n)} ${what}${n === 1 ? '' : 's'}`
const inFigures = (n: number): string => n.toLocaleString('en')

async function verifyRows(tell: (text: string) => void): Promise<number> {
  for (let at = { seq: 0, hash: '' }; ; ) {
    const query = new URLSearchParams({ seq: String(at.seq), hash: at.hash })
    const { flaw, done, total, ...walked } = await ask<WalkAnswer>('GET', `/audit/verification?${query}`)
    refuse(flaw)
    if (done) return walked.at.seq
    at = walked.at
    tell(`Verified ${inFigures(at.seq)} of ${inFigures(total)} rows`)
  }
}

function refuse(flaw: WalkAnswer['flaw']): void {
  if (flaw) throw new Refusal(`audit-${flaw.kind}`, flaw.detail)
}

/** Those of a file, some at a time; none where they go to another server and no file is named. */
async function verifyCheckpoints({ checkpoints: named }: VerifyOptions): Promise<{ checkpoints: number }> {
  const file = named ?? readValues().PASSERELLE_AUDIT_CHECKPOINTS
  if (!named && !existsSync(file)) return { checkpoints: 0 }
  let count = 0
  let some: CheckpointLine[] = []
  const compare = async () => {
    refuse((await ask<CheckedAnswer>('POST', '/audit/verification', { checkpoints: some })).flaw)
    count += some.length
    some = []
  }
  for await (const checkpoint of checkpointsIn(file)) if (some.push(checkpoint) === CHECKPOINTS_AT_ONCE) await compare()
  if (some.length > 0) await compare()
  return { checkpoints: count }
}

async function* checkpointsIn(file: string): AsyncGenerator<CheckpointLine> {
  const input = createReadStream(file)
  const unreadable = (error: unknown) =>
    new Refusal('checkpoints-unreadable', `${file} cannot be read: ${reasonOf(error)}`)
  await once(input, 'open').catch((error: unknown) => {
    throw unreadable(error)
  })
  let number = 0
  for await (const line of createInterface({ input })) {
    number++
    if (line.trim() !== '') yield parse(line, `${file}, line ${number},`)
  }
}

function parse(line: string, where: string): CheckpointLine {
  try {
    return JSON.parse(line)
  } catch {
    throw new Refusal('audit-forged', `${where} is not a checkpoint`)
  }
}

async function write(options: ExportOptions): Promise<void> {
  const { output } = options
  let events = 0
  const work = async () => {
    const to = output === undefined ? process.stdout : createWriteStream(output, { flags: 'wx', mode: 0o600 })
    if (output !== undefined)
      await once(to, 'open').catch((error: unknown) => {
        throw new Refusal('output-unusable', `${output} cannot be written: ${reasonOf(error)}`)
      })
    for await (const some of eventPages()) {
      events += some.length
      const text = some.map((event) => `${jsonLine(event)}\n`).join('')
      if (!to.write(text)) await once(to, 'drain').catch(() => {}) // nobody reads any more, or the end says why not
      if (to.destroyed) break
    }
    if (to !== process.stdout) {
      to.end()
      await once(to, 'close')
    }
  }
  await patiently(() => `Exported ${inFigures(events)} events`, work())
  if (output !== undefined)
    print(options, { data: { events, output }, text: `${output} has ${counted(events, 'event')}.` })
}

async function* eventPages(): AsyncGenerator<EventsAnswer['events']> {
  for (let after = 0; ; ) {
    const { events } = await ask<EventsAnswer>('GET', `/audit/events?after=${after}&count=${EVENTS_AT_ONCE}`)
    yield events
    if (events.length < EVENTS_AT_ONCE) return
    after = events.at(-1)?.seq ?? after
  }
}
