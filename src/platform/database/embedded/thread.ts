import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Duration, inSeconds } from '../../clock.ts'
import { DatabaseUnavailable, reasonOf } from '../../unavailable.ts'
import type { FromWorker, Mission, ToWorker } from './messages.ts'

export type Thread = {
  post(message: ToWorker, ...moved: ArrayBuffer[]): void
  keepProcessAlive(yes: boolean): void
  terminate(): void
  /** Resolves once it serves, rejects with DatabaseUnavailable if it ends before. */
  readonly ready: Promise<void>
  /** Resolves once it has ended, with the reason. */
  readonly ended: Promise<Error>
}

const QUERY_CANCELED = '57014' // what PostgreSQL itself answers when statement_timeout is over

/**
 * Starts the thread of in-thread/worker.ts. PGlite knows neither timeout nor cancel: a statement that runs longer than
 * the limit ends the whole thread.
 */
export function startThread(mission: Mission, limit: Duration, hear: (message: FromWorker) => void): Thread {
  const file = `./in-thread/worker${extname(import.meta.url)}` // .ts in the sources, .js when built
  const worker = new Worker(new URL(file, import.meta.url), { name: 'database', workerData: mission })
  let reason = new Error('The embedded database stopped')
  let watchdog: NodeJS.Timeout | undefined

  const bite = (): void => {
    reason = new Error(`The statement ran longer than ${inSeconds(limit)} s: the embedded database was stopped`)
    Object.assign(reason, { code: QUERY_CANCELED })
    worker.terminate()
  }
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve()
      else if (message.kind === 'working') watchdog = setTimeout(bite, limit.ms)
      else if (message.kind === 'answer') clearTimeout(watchdog)
      else if (message.kind === 'died') reason = new Error(`The embedded database stopped: ${message.reason}`)
      hear(message)
    })
    worker.once('exit', () => reject(new DatabaseUnavailable(reason.message)))
  })
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', (error) => {
      reason = new Error(`The embedded database stopped: ${reasonOf(error)}`)
    })
    worker.once('exit', () => {
      clearTimeout(watchdog)
      resolve(reason)
    })
  })
  return {
    post: (message, ...moved) => worker.postMessage(message, moved),
    keepProcessAlive: (yes) => (yes ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
    ready,
    ended,
  }
}
