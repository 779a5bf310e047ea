/** What runs many test files in one process, which takes seconds to start: see database-tests.mjs. */
import { after, suite } from 'node:test'

/**
 * Each file is a suite, and is loaded when the tests of the one before are over: what it makes while it is being loaded
 * is its own until then.
 */
export async function inTurn(files) {
  for (const file of files) {
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
