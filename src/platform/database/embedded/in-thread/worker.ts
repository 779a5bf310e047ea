import { parentPort, workerData } from 'node:worker_threads'
import type { PGlite } from '@electric-sql/pglite'
import type { FromWorker, Mission, ToWorker } from '../messages.ts'
import { housekeeper } from './housekeeping.ts'
import { startServer } from './server.ts'

/** The thread that PostgreSQL runs in: see ../thread.ts for the other side. */
const port = parentPort
const mission: Mission = workerData
const HOUSEKEEPING_EVERY_MS = 10_000

const tell = (message: FromWorker, ...moved: ArrayBuffer[]): void => port?.postMessage(message, moved)

function die(reason: unknown): never {
  tell({ kind: 'died', reason: reason instanceof Error ? reason.message : String(reason) })
  return process.exit(1)
}

async function filesOf(server: PGlite): Promise<Uint8Array<ArrayBuffer>> {
  await server.exec('checkpoint')
  const dump = await server.dumpDataDir('gzip')
  return new Uint8Array(await dump.arrayBuffer())
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Whether an answer ends with "ready for query, and no transaction is open". */
const endsIdle = (answer: Uint8Array): boolean =>
  answer.at(-6) === 'Z'.charCodeAt(0) && answer.at(-1) === 'I'.charCodeAt(0)

function serve(server: PGlite): void {
  const keepHouse = housekeeper(server)
  let session = 0
  let idle = true
  let backupsOwed = 0

  const answer = async (bytes: Uint8Array): Promise<void> => {
    tell({ kind: 'working' })
    const parts: Uint8Array[] = []
    await server.execProtocolRawStream(bytes, { onRawData: (part) => parts.push(part.slice()) })
    const whole = joined(parts)
    if (whole.length > 0) idle = endsIdle(whole)
    tell({ kind: 'answer', session, bytes: whole }, whole.buffer)
  }

  /** A new connection finds nothing of the one before: no open transaction, no settings, no prepared statements. */
  const begin = async (next: number): Promise<void> => {
    session = next
    await server.exec('rollback')
    await server.exec('discard all')
    idle = true
  }

  const handOverFiles = async (): Promise<void> => {
    const bytes = await filesOf(server)
    tell({ kind: 'archive', bytes }, bytes.buffer)
  }

  const obey = async (message: ToWorker): Promise<void> => {
    if (message.kind === 'session') await begin(message.session)
    else if (message.kind === 'bytes' && message.session === session) await answer(message.bytes)
    else if (message.kind === 'backup') backupsOwed++
    else if (message.kind === 'close') {
      await server.exec('rollback')
      await server.exec('checkpoint')
      await server.close()
      process.exit(0)
    }
    for (; idle && backupsOwed > 0; backupsOwed--) await handOverFiles()
  }

  let queue = Promise.resolve()
  port?.on('message', (message: ToWorker) => {
    queue = queue.then(() => obey(message)).catch(die)
  })
  if (mission.for === 'serving a folder')
    setInterval(() => {
      queue = queue.then(() => (idle ? keepHouse() : undefined)).catch(die)
    }, HOUSEKEEPING_EVERY_MS)
  tell({ kind: 'ready' })
}

try {
  if (mission.for === 'making a seed') {
    const bytes = await filesOf(await startServer({ archive: undefined }, die))
    tell({ kind: 'archive', bytes }, bytes.buffer)
    process.exit(0)
  } else serve(await startServer(mission.for === 'serving a folder' ? mission : { archive: mission.archive }, die))
} catch (error) {
  die(error)
}
