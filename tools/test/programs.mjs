/** What the tests need besides packages: a browser, a PostgreSQL server, an authenticator. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from '../find-chromium.mjs'

const DEBIAN_SERVERS = '/usr/lib/postgresql'

/** The folder that holds PostgreSQL's server programs; the newest of Debian's, else one on the PATH. */
export function findPostgres() {
  const versions = existsSync(DEBIAN_SERVERS) ? readdirSync(DEBIAN_SERVERS).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(DEBIAN_SERVERS, version, 'bin')),
    ...process.env.PATH.split(delimiter),
  ]
  return folders.find((folder) => ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))))
}

const findOathtool = () =>
  process.env.PATH.split(delimiter)
    .map((folder) => join(folder, 'oathtool'))
    .find(existsSync)

const FINDERS = { chromium: findChromium, postgresql: findPostgres, oathtool: findOathtool }
const missingOf = (names) => names.filter((name) => !FINDERS[name]())

/** Debian's packages for a program, the best first. */
const PACKAGES = {
  chromium: ['chromium-headless-shell', 'chromium'],
  postgresql: ['postgresql'],
  oathtool: ['oathtool'],
}

/** RUNLEVEL=1 keeps Debian's own PostgreSQL service from starting: the tests start one of their own. */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  return spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

/** Installs what is missing where apt may. @returns what is missing still; it has said what to do about that */
export function ensurePrograms(names) {
  const missing = missingOf(names)
  if (!missing.length) return missing
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log(`Installing ${missing.join(' and ')} (apt-get) …`)
    aptGet('update')
    for (const name of missing)
      PACKAGES[name].find((candidate) => aptGet('install', '-y', '--no-install-recommends', candidate))
  }
  const still = missingOf(missing)
  for (const name of still) {
    const elsewhere = name === 'chromium' ? ', or set PASSERELLE_CHROMIUM to the path of a Chromium or Chrome' : ''
    console.error(
      `Missing: ${name}. Install it (Debian: sudo apt-get install ${name})${elsewhere}; then run npm test again.`,
    )
  }
  return still
}
