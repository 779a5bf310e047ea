import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayWords, whenWords } from './happening.ts'

test('the end of a line parts no time and no day from its month', () => {
  const at = new Date('2026-11-22T15:02:00Z')
  assert.deepEqual(whenWords('fr-CA', at).split(' '), ['22\u00a0novembre', '2026', 'à', '15\u00a0h\u00a002\u00a0UTC'])
  assert.deepEqual(whenWords('fr', at).split(' '), ['22\u00a0novembre', '2026', 'à', '15:02\u00a0UTC'])
  assert.deepEqual(whenWords('en', at).split(' '), ['November\u00a022,', '2026', 'at', '3:02\u202fPM\u00a0UTC'])
  assert.deepEqual(dayWords('fr', at).split(' '), ['22\u00a0novembre', '2026'])
})

test('the first of a month is "1er" in French', () => {
  const at = new Date('2026-12-01T15:02:00Z')
  assert.deepEqual(dayWords('fr', at).split(' '), ['1er\u00a0décembre', '2026'])
  assert.deepEqual(whenWords('fr-CA', at).split(' '), ['1er\u00a0décembre', '2026', 'à', '15\u00a0h\u00a002\u00a0UTC'])
  assert.deepEqual(dayWords('en', at).split(' '), ['December\u00a01,', '2026'])
})
