/** Imported first by every program in tools/: a Node.js that is too old gets one clear line. */
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = engines.node.replace('>=', '')
const [major, minor] = process.versions.node.split('.').map(Number)
const [neededMajor, neededMinor] = needed.split('.').map(Number)

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(`Passerelle needs Node.js ${needed} or later; this is ${process.versions.node}.`)
  process.exit(1)
}
