/** Preloaded into every test process: one that does not end by itself after its tests says why, and fails. */
import { after } from 'node:test'

const PATIENCE_MS = 10_000

function leave() {
  const open = process.getActiveResourcesInfo()
  console.error(`The tests are over, but something is left open: ${open.join(', ') || 'a timer'}`)
  process.exit(1)
}

const isTestProcess = process.env.NODE_TEST_CONTEXT !== undefined
if (isTestProcess) after(() => setTimeout(leave, PATIENCE_MS).unref())
