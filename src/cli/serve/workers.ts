/** `passerelle serve --workers N`: the service as several processes on one port, which PostgreSQL lets them be. */
import cluster from 'node:cluster'
import { seconds } from '../../platform/clock.ts'
import { readSettings, WrongSetting } from '../../settings.ts'
import type { Options } from '../client/output.ts'

const PAUSE = seconds(1)

/**
 * Starts one worker, which brings the schema up to date, then the others; another for each that dies. At the first
 * signal all stop in good order, and this process with them.
 * @throws {WrongSetting} where the database, or the inbox, has one process
 */
export function superviseWorkers(count: number, { json }: Options): void {
  const { values } = readSettings()
  if (!values.DATABASE_URL)
    throw new WrongSetting('DATABASE_URL is needed for --workers: the embedded database has one process')
  if (!values.SMTP_URL)
    throw new WrongSetting('SMTP_URL is needed for --workers: the inbox of development has one process')
  cluster.setupPrimary({ args: ['serve', ...(json ? ['--json'] : [])] })
  const workers = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
  let served = false
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    stopping = true
    for (const worker of workers()) worker.process.kill(signal)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  cluster.once('listening', () => {
    served = true
    for (let n = 1; n < count && !stopping; n++) cluster.fork()
  })
  cluster.on('exit', (_worker, code) => {
    if (!served) process.exit(code) // it has said why
    if (!stopping) setTimeout(() => stopping || cluster.fork(), PAUSE.ms)
    else if (workers().length === 0) process.exit(0)
  })
  cluster.fork()
}
