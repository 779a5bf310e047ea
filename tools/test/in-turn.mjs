/** What runs many test files in one process, which takes seconds to start: see database-tests.mjs. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite } from 'node:test'

/**
 * Each file is a suite, and is loaded when the tests of the one before are over: what it makes while it is being loaded
 * is its own until then.
 *
 * @param taken a folder, empty at first, where processes with the same files say which they have taken: one takes each
 * @param first what is loaded before the first of them. Not in a process that has come too late for any: without a test it
 *   would never come to its hooks, which close what was opened
 */
export async function inTurn(files, taken, first = []) {
  let isFirst = true
  for (const [at, file] of files.entries()) {
    if (!isOurs(join(taken, String(at)))) continue
    if (isFirst) for (const it of first) await import(dist(it))
    isFirst = false
    await new Promise((over) => {
      suite(file, async () => {
        try {
          await import(dist(file))
        } finally {
          after(over)
        }
      })
    })
  }
}

const dist = (source) => new URL(`../../dist/${source.replace(/tsx?$/, 'js')}`, import.meta.url)

function isOurs(mark) {
  try {
    writeFileSync(mark, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}
