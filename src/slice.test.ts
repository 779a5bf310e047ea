import assert from 'node:assert/strict'
import { test } from 'node:test'
import { every, type Slice } from './slice.ts'

const dropped = () => ({ subject: 'It is gone', blocks: [] })
const undo = { letters: { 'address-dropped': dropped } } satisfies Slice

test('the letters of all slices are one table', () => {
  const named = { letters: { 'email-change-tried': dropped } } satisfies Slice
  assert.deepEqual(Object.keys(every({ undo, none: {}, named }, 'letters')), ['address-dropped', 'email-change-tried'])
})

test('a letter that two slices write is refused', () =>
  assert.throws(() => every({ undo, again: undo }, 'letters'), /two slices have the same letters: address-dropped/))
