/** Installs the packages that package-lock.json names, when they are not there. */
import './node-version.mjs'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const packagesIn = (lockfile) => JSON.parse(readFileSync(join(root, lockfile), 'utf8')).packages

/** Compares the lockfile with the record npm keeps of what it has installed. */
function isInstalled() {
  try {
    const installed = packagesIn('node_modules/.package-lock.json')
    return Object.entries(packagesIn('package-lock.json')).every(([path, { version, optional }]) => {
      const found = installed[path]?.version
      return path === '' || found === version || (optional && found === undefined)
    })
  } catch {
    return false // nothing is installed
  }
}

/** Leaves node_modules as package-lock.json wants it; says so when that takes work. Ends the program if it fails. */
export function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing packages (npm ci) …')
  const options = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', ['ci', ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status === 0) return
  console.error('The packages could not be installed: see the error of npm above.')
  process.exit(1)
}
