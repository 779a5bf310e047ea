import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A PostgreSQL server of this machine that may be killed: for tests. Its data folder's owner runs the commands. */
export type Cluster = { stopAtOnce(): void; killServer(): void; start(): Promise<void> }

const ATTEMPTS = 20

export function clusterIn(folder: string): Cluster {
  const { uid, gid } = statSync(folder)
  const [postgres = ''] = readFileSync(join(folder, 'postmaster.opts'), 'utf8').split(' "')
  const control = (...args: readonly string[]) =>
    execFileSync(join(dirname(postgres.trim()), 'pg_ctl'), ['-D', folder, ...args], {
      uid,
      gid,
      stdio: 'ignore',
      cwd: '/',
    })
  const start = async (): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      try {
        control('restart', '-w', '-m', 'immediate', '-l', join(folder, 'restarted.log')) // knows the options it had
        return
      } catch (error) {
        if (attempt === ATTEMPTS) throw error
        await new Promise((resolve) => setTimeout(resolve, 200)) // the killed server's children may not have noticed yet
      }
    }
  }
  return {
    stopAtOnce: () => control('stop', '-m', 'immediate'),
    killServer: () => {
      const [pid] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    start,
  }
}
