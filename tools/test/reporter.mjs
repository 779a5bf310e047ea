/**
 * For `node --test`: passing tests in one line, failing ones in full, in the order they fail, then the slowest. A parent process
 * with an IPC channel is sent `{ tests }`, how many there were.
 */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

const OUTPUT_LINES = 60
// What makes a run long is told at its end.
const SLOWEST = 10
const SLOW_MS = 5_000
const BY_PATTERN = 'test name does not match pattern'

const indented = (text) => text.replace(/^(?=.)/gm, '    ')
const pathOf = (file = '') => relative('.', file.startsWith('file:') ? fileURLToPath(file) : file)

const reasonFor = (skip) => (typeof skip === 'string' && skip !== '' ? skip : 'nobody says why')

/** What went wrong, without the frames of the test runner itself. */
function explain(error) {
  const cause = error.cause ?? error
  const text = cause instanceof Error ? inspect(cause) : String(cause)
  return text.replace(/\n +at [^\n]*\bnode:(internal|async_hooks)\b[^\n{]*/g, '')
}

export default async function* report(events) {
  const names = [] // of the suites around the current test
  const printed = new Map() // by file
  const begun = new Map() // by file, the last test
  const count = { passed: 0, failed: 0, skipped: 0 }
  const slow = []
  for await (const { type, data } of events) {
    if (type === 'test:start') names.splice(data.nesting, Number.POSITIVE_INFINITY, data.name)
    else if (type === 'test:dequeue') begun.set(data.file, data.name)
    else if (type === 'test:stdout' || type === 'test:stderr') {
      printed.set(data.file, `${printed.get(data.file) ?? ''}${data.message}`)
    } else if (type === 'test:pass' && data.details.type !== 'suite' && data.skip !== BY_PATTERN) {
      count[data.skip === undefined ? 'passed' : 'skipped']++
      slow.push({ ms: data.details.duration_ms, name: `${pathOf(data.file)} › ${data.name}` })
      if (data.skip !== undefined) yield `○ ${names.join(' › ')}: skipped, ${reasonFor(data.skip)}\n`
    } else if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      count.failed++
      yield `\n✗ ${names.slice(0, data.nesting).concat(data.name).join(' › ')}\n`
      yield `${indented(`${pathOf(data.file)}:${data.line}\n${explain(data.details.error)}`)}\n`
      if (data.name === data.file) yield indented(`the last test begun: ${begun.get(data.file)}\n`)
      const output = printed.get(data.file)
      if (output) yield `${indented(`printed meanwhile:\n${output.split('\n').slice(-OUTPUT_LINES).join('\n')}`)}\n`
      printed.delete(data.file)
    }
  }
  for (const { ms, name } of slow.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST))
    if (ms > SLOW_MS) yield `${(ms / 1_000).toFixed(1).padStart(7)} s  ${name}\n`
  yield `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`
  process.send?.({ tests: count.passed + count.failed + count.skipped })
}
