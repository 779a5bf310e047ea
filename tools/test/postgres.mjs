/** A PostgreSQL cluster that lives as long as this process. */
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres } from './programs.mjs'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  fsync: 'off', // it does not outlive the tests
  full_page_writes: 'off',
}

/** PostgreSQL refuses to run as root: then it is run as the user of that name. */
function someoneElse() {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/**
 * Stops the cluster and removes its folder when this process ends, however it ends: `cat` then sees the end of its
 * input. Detached, so that Ctrl-C, which reaches every process of the terminal, leaves the keeper to its work.
 */
function keepUntilWeEnd(folder, { programs, data, user }) {
  const script = 'cat; "$1"/pg_ctl -D "$2" stop -m immediate; rm -rf "$3"'
  const keeper = spawn('sh', ['-c', script, 'sh', programs, data, folder], {
    ...user,
    cwd: tmpdir(),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.unref()
  keeper.stdin.unref()
}

/**
 * Starts a cluster on a free loopback port; it is gone soon after this process has ended.
 * @returns the environment that tells tests where it is
 */
export async function startPostgres() {
  const programs = findPostgres()
  const user = someoneElse()
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-postgres-'))
  if (user.uid) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  keepUntilWeEnd(folder, { programs, data, user })
  const run = (program, ...args) => {
    const options = { ...user, cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] }
    const { status, stderr } = spawnSync(join(programs, program), ['-D', data, ...args], options)
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
  }

  const port = await freePort()
  const settings = Object.entries({ ...SETTINGS, port }).map(([name, value]) => `-c ${name}='${value}'`)
  run(
    'initdb',
    '--auth=trust',
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  )
  run('pg_ctl', 'start', '--wait', '-l', join(folder, 'log'), '-o', settings.join(' '))
  return {
    PASSERELLE_TEST_DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres`,
    PASSERELLE_TEST_PGDATA: data,
  }
}
