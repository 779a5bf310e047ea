import { type Duration, minutes, seconds } from '../../clock.ts'
import { DatabaseUnavailable } from '../../unavailable.ts'
import type { FromWorker, Mission } from './messages.ts'
import { type Line, SessionStream } from './session-stream.ts'
import { startThread, type Thread } from './thread.ts'

const CLOSING_TAKES_AT_MOST = seconds(20)
const BACKUP_TAKES_AT_MOST = minutes(10)

/**
 * The embedded database as the main thread sees it: carries bytes to its thread and back. After an end nobody asked
 * for, the waiting statement fails, and the next connection starts another thread on the same folder.
 */
export class Bridge implements Line {
  readonly #mission: Mission
  readonly #statementLimit: Duration
  #thread: Thread | undefined
  #session: { readonly stream: SessionStream; readonly thread: Thread; readonly number: number } | undefined
  #sessions = 0
  #over: string | undefined
  #archivesAwaited: Array<(bytes: Uint8Array) => void> = []

  /** @param statementLimit a statement that runs longer takes the thread down with it */
  constructor(mission: Mission, statementLimit: Duration) {
    this.#mission = mission
    this.#statementLimit = statementLimit
  }

  /**
   * Resolves once the database serves.
   * @throws DatabaseUnavailable with the reason from the server's log
   */
  async start(): Promise<Thread> {
    if (this.#over !== undefined) throw new DatabaseUnavailable(this.#over)
    const thread = this.#thread ?? startThread(this.#mission, this.#statementLimit, (message) => this.#hear(message))
    if (!this.#thread) void thread.ended.then((reason) => this.#forget(reason))
    this.#thread = thread
    await thread.ready
    return thread
  }

  /** One connection, for the `stream` option of `pg`. Only the one that was opened last is served. */
  connection(): SessionStream {
    return new SessionStream(this)
  }

  /** A gzipped tar archive of the data folder, consistent; waits for the end of an open transaction. */
  async backup(): Promise<Uint8Array> {
    const thread = await this.start()
    const limit = setTimeout(thread.terminate, BACKUP_TAKES_AT_MOST.ms) // keeps the process alive meanwhile
    const archive = new Promise<Uint8Array>((resolve) => this.#archivesAwaited.push(resolve))
    const failure = thread.ended.then((reason) => Promise.reject(reason))
    thread.post({ kind: 'backup' })
    return Promise.race([archive, failure]).finally(() => clearTimeout(limit))
  }

  /** Ends the thread in good order. Nothing can be asked afterwards. */
  async end(): Promise<void> {
    this.#over ??= 'The embedded database is closed'
    const thread = this.#thread
    if (!thread) return
    thread.keepProcessAlive(true)
    thread.post({ kind: 'close' })
    const limit = setTimeout(thread.terminate, CLOSING_TAKES_AT_MOST.ms)
    await thread.ended
    clearTimeout(limit)
  }

  async open(stream: SessionStream): Promise<void> {
    const thread = await this.start()
    this.#session = { stream, thread, number: ++this.#sessions }
    thread.post({ kind: 'session', session: this.#sessions })
  }

  send(stream: SessionStream, bytes: Uint8Array<ArrayBuffer>): void {
    const session = this.#session
    if (session?.stream === stream) session.thread.post({ kind: 'bytes', session: session.number, bytes }, bytes.buffer)
  }

  close(stream: SessionStream): void {
    if (this.#session?.stream === stream) this.#session = undefined
  }

  keepProcessAlive(yes: boolean): void {
    this.#session?.thread.keepProcessAlive(yes)
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'archive') this.#archivesAwaited.shift()?.(message.bytes)
    if (message.kind === 'answer' && message.session === this.#session?.number) this.#session.stream.push(message.bytes)
  }

  #forget(reason: Error): void {
    this.#thread = undefined
    this.#archivesAwaited = []
    if (this.#over !== undefined) return
    if (this.#mission.for === 'serving from memory')
      this.#over = `The database was in memory and is lost. ${reason.message}`
    this.#session?.stream.destroy(reason)
  }
}
