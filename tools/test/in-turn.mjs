/** What runs many test files in one process, which takes seconds to start: see database-tests.mjs. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite } from 'node:test'

/**
 * Each file is a suite, and is loaded when the tests of the one before are over: what it makes while it is being loaded
 * is its own until then.
 *
 * @param taken a folder, empty at first, where processes with the same files say which they have taken: one takes each
 */
export async function inTurn(files, taken) {
  for (const [at, file] of files.entries()) {
    if (!isOurs(join(taken, String(at)))) continue
    await new Promise((over) => {
      suite(file, async () => {
        try {
          await import(new URL(`../../dist/${file.replace(/tsx?$/, 'js')}`, import.meta.url))
        } finally {
          after(over)
        }
      })
    })
  }
}

function isOurs(mark) {
  try {
    writeFileSync(mark, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}
