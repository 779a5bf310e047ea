/** Compiles src, dev, e2e and bench into dist/, when something changed: `npm run build`. */
import './node-version.mjs'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureInstalled, root } from './install.mjs'

const SOURCES = ['src', 'dev', 'e2e', 'bench', 'locales', 'tsconfig.json', 'package-lock.json']
const STAMP = 'dist/.built'
const PROGRAM = 'dist/src/main.js'
const SEED = 'dist/seed.tar.gz'
const SEED_STAMP = 'dist/.seed-made'
const EMBEDDED = 'dist/src/platform/database/embedded'
const PGLITE = 'node_modules/@electric-sql/pglite/package.json'

const has = (path) => existsSync(join(root, path))
const read = (path) => (has(path) ? readFileSync(join(root, path), 'utf8') : '')

/** Every file under `path`, which may be a file itself. */
function filesUnder(path) {
  if (!has(path)) return []
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  )
}

const hashOf = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

const isSource = (path) => /\.(?:tsx?|json|yaml)$/.test(path)
const sources = () => SOURCES.flatMap((path) => (isSource(path) ? [path] : filesUnder(path).filter(isSource))).sort()

/** dist/ holds nothing of a source that was deleted or renamed. */
function removeStale() {
  for (const path of ['src', 'dev', 'e2e', 'bench'].flatMap((folder) => filesUnder(`dist/${folder}`))) {
    const source = path.replace(/^dist\//, '').replace(/\.js(\.map)?$/, '.ts')
    if (!has(source) && !has(`${source}x`)) rmSync(join(root, path))
  }
}

function compile(checked) {
  const stamp = hashOf(sources())
  if (read(STAMP) === `${stamp} checked` || (!checked && read(STAMP) === stamp)) return true
  console.log('Compiling …')
  removeStale()
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', '.', ...(checked ? [] : ['--noCheck'])],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (has(PROGRAM)) chmodSync(join(root, PROGRAM), 0o755)
  if (status === 0) writeFileSync(join(root, STAMP), checked ? `${stamp} checked` : stamp)
  return status === 0
}

/** The embedded database starts from an archive of a fresh data folder, which saves seconds. */
async function makeSeed() {
  if (!has(`${EMBEDDED}/seed.js`)) return
  const makers = filesUnder(EMBEDDED).filter((path) => path.endsWith('.js') && !path.includes('.test.'))
  const stamp = hashOf([...makers, PGLITE])
  if (has(SEED) && read(SEED_STAMP) === stamp) return
  console.log('Preparing the embedded database …')
  const { writeSeed } = await import(pathToFileURL(join(root, EMBEDDED, 'seed.js')).href)
  await writeSeed(join(root, SEED))
  writeFileSync(join(root, SEED_STAMP), stamp)
}

/** Installs and compiles what is missing; unchecked it takes half the time. @returns whether the types are right */
export async function build({ checked = true } = {}) {
  ensureInstalled()
  const isRight = compile(checked)
  if (isRight) await makeSeed()
  return isRight
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await build()) ? 0 : 1
