import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A PostgreSQL server of its own that may be killed. */
export type Cluster = {
  readonly url: string
  /** As `pg_ctl stop -m immediate` does. */
  stopAtOnce(): void
  /** With SIGKILL. */
  kill(): void
  restart(): Promise<void>
  remove(): void
}

const ATTEMPTS = 20
const PAUSE_MS = 200

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address instanceof Object ? address.port : 0))
    })
  })

/**
 * Starts a server with the programs, and as the user, of another one on this machine.
 * @param other the data folder of that other server, which is left in peace
 */
export async function startCluster(other: string): Promise<Cluster> {
  const { uid, gid } = statSync(other)
  const [postgres = ''] = readFileSync(join(other, 'postmaster.opts'), 'utf8').split(' "')
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-cluster-'))
  chownSync(folder, uid, gid)
  const data = join(folder, 'data')
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(join(dirname(postgres.trim()), program), ['-D', data, ...args], {
      ...{ uid, gid, cwd: folder },
      stdio: 'ignore',
    })
  const port = await freePort()
  const control = (...args: readonly string[]) => run('pg_ctl', '-w', '-l', join(folder, 'log'), ...args)
  run('initdb', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync')
  control('start', '-o', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`)
  const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1).join())
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stopAtOnce: () => control('stop', '-m', 'immediate'),
    kill: () => process.kill(pid(), 'SIGKILL'),
    restart: async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          control('restart', '-m', 'immediate') // with the options that it had
          return
        } catch (error) {
          if (attempt === ATTEMPTS) throw error
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS)) // its children may not have noticed its death yet
        }
      }
    },
    remove: () => {
      control('stop', '-m', 'immediate')
      rmSync(folder, { recursive: true })
    },
  }
}
