/**
 * Adds the programs of other systems to package-lock.json: `node tools/complete-lockfile.mjs`, after `npm install`.
 *
 * Packages such as biome come as one optional package a system. Where npm asks a registry that offers only some of
 * them, it leaves the others out of the lockfile, and then `npm ci` refuses that lockfile everywhere.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64']
const C_LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

/** The optional packages that no entry of the lockfile describes: `{ path, version, dev }` */
export function missingFrom({ packages }) {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .map(([name, version]) => ({ path: `node_modules/${name}`, version, dev }))
      .filter(({ path }) => !(path in packages) && !(`${parent}/${path}` in packages)),
  )
}

/** `node_modules/@biomejs/cli-linux-x64-musl` is for linux, x64 and musl: npm installs it nowhere else. */
function entryFor({ path, version, dev }) {
  const words = path.split(/[/-]/)
  const libc = words.map((word) => C_LIBRARIES[word]).filter(Boolean)
  return {
    version,
    cpu: words.filter((word) => PROCESSORS.includes(word)),
    ...(dev && { dev }),
    ...(libc.length && { libc }),
    optional: true,
    os: words.filter((word) => SYSTEMS.includes(word)),
  }
}

function main() {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const lockfile = JSON.parse(readFileSync(path, 'utf8'))
  const added = missingFrom(lockfile).map((missing) => [missing.path, entryFor(missing)])
  const entries = [...Object.entries(lockfile.packages), ...added]
  lockfile.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`)
  console.log(`${added.length} packages added to package-lock.json`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
