import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeLog } from './log.ts'

const logged = (error: unknown): { line: string; err: Record<string, unknown> } => {
  const lines: string[] = []
  makeLog({ forPeople: false, to: { write: (line) => lines.push(line) } }).error({ err: error }, 'it failed')
  const line = lines.join('')
  assert.match(line, /^\{[^\n]*\}\n$/)
  return { line, err: JSON.parse(line).err }
}

suite('an error in the log', () => {
  test('says what kind it is, what it says and where it comes from', () => {
    const { err } = logged(new TypeError('this is not that'))
    assert.equal(err.type, 'TypeError')
    assert.equal(err.message, 'this is not that')
    assert.match(String(err.stack), /^ +at .*log\.test/)
  })

  test('names nobody, and nothing of it is as long as a stranger likes', () => {
    const detail = 'Key (email)=(marie@exemple.ca) already exists.'
    const cause = Object.assign(new Error(`marie@exemple.ca ${'x'.repeat(90_000)}`), { detail, code: '23505' })
    const error = Object.assign(new Error(`marie%40exemple.ca\n${'x'.repeat(90_000)}`, { cause }), {
      detail,
      input: detail,
    })
    error.cause = Object.assign(cause, { cause: error })
    const { line } = logged(error)
    assert.ok(!line.includes('exemple'))
    assert.ok(line.includes('23505'))
    assert.ok(line.length < 30_000, `${line.length}`)
  })

  test('steers no terminal, and is one line', () => {
    for (const text of ['\u009b31m', '\u001b[2J', 'a\r\n{"level":30,"msg":"forged"}', '\u202eevil', '\u2028'])
      assert.ok(!/[\u007f-\u009f\u2028-\u202e]/.test(logged(new Error(text)).line))
    assert.equal(logged('thrown').err.message, 'thrown')
  })
})
