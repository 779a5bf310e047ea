import { type Duration, minutes, seconds } from '../../clock.ts'
import { DatabaseUnavailable } from '../unavailable.ts'
import type { FromWorker, Mission } from './messages.ts'
import { type Line, SessionStream } from './session-stream.ts'
import { startThread, type Thread } from './thread.ts'

const CLOSING_TAKES_AT_MOST = seconds(20)
const BACKUP_TAKES_AT_MOST = minutes(10)

export type Bridge = {
  /**
   * Resolves once the database serves.
   * @throws DatabaseUnavailable with the reason from the server's log
   */
  start(): Promise<void>
  /** One connection, for the `stream` option of `pg`. Only the one that was opened last is served. */
  connection(): SessionStream
  /** A gzipped tar archive of the data folder, consistent. */
  backup(): Promise<Uint8Array>
  /** Ends the thread in good order. Nothing can be asked afterwards. */
  close(): Promise<void>
}

type Options = {
  /** A statement that runs longer takes the thread down with it. */
  readonly statementLimit: Duration
  /** Told when the thread ended and nobody had asked for it. */
  readonly log: (message: string) => void
}

/**
 * The embedded database as the main thread sees it: carries bytes to the thread and back. After an end nobody asked
 * for, the waiting statement fails, and the next connection starts another thread on the same folder.
 */
export function bridgeTo(mission: Mission, { statementLimit, log }: Options): Bridge {
  let thread: Thread | undefined
  let session: { readonly stream: SessionStream; readonly thread: Thread; readonly number: number } | undefined
  let sessions = 0
  let over: string | undefined
  const archivesAwaited: Array<(bytes: Uint8Array) => void> = []

  const hear = (message: FromWorker): void => {
    if (message.kind === 'archive') archivesAwaited.shift()?.(message.bytes)
    if (message.kind === 'answer' && message.session === session?.number) session.stream.push(message.bytes)
  }

  async function started(): Promise<Thread> {
    if (over !== undefined) throw new DatabaseUnavailable(over)
    const current = thread ?? startThread(mission, statementLimit, hear)
    if (!thread) current.ended.then(forget)
    thread = current
    await current.ready
    return current
  }

  function forget(reason: Error): void {
    thread = undefined
    archivesAwaited.length = 0
    if (over !== undefined) return
    log(reason.message)
    if (mission.for === 'serving from memory') over = `The database was in memory and is lost. ${reason.message}`
    session?.stream.destroy(reason)
  }

  const line: Line = {
    open: async (stream) => {
      const thread = await started()
      session = { stream, thread, number: ++sessions }
      thread.post({ kind: 'session', session: session.number })
    },
    send: (stream, bytes) => {
      if (session?.stream !== stream) return
      session.thread.post({ kind: 'bytes', session: session.number, bytes }, bytes.buffer)
    },
    close: (stream) => {
      if (session?.stream === stream) session = undefined
    },
    keepProcessAlive: (yes) => session?.thread.keepProcessAlive(yes),
  }

  async function backup(): Promise<Uint8Array> {
    const thread = await started()
    const limit = setTimeout(thread.terminate, BACKUP_TAKES_AT_MOST.ms) // keeps the process alive meanwhile
    const archive = new Promise<Uint8Array>((resolve, reject) => {
      archivesAwaited.push(resolve)
      thread.ended.then(reject)
    })
    thread.post({ kind: 'backup' })
    return archive.finally(() => clearTimeout(limit))
  }

  async function close(): Promise<void> {
    over ??= 'The embedded database is closed'
    if (!thread) return
    thread.keepProcessAlive(true)
    thread.post({ kind: 'close' })
    const limit = setTimeout(thread.terminate, CLOSING_TAKES_AT_MOST.ms)
    await thread.ended
    clearTimeout(limit)
  }

  return { start: async () => void (await started()), connection: () => new SessionStream(line), backup, close }
}
