import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { patiently, table, wrapped } from './output.ts'

test('columns stand one below the other', () => {
  assert.equal(
    table([
      ['a', 'bb', ''],
      ['ccc', 'd', 'e'],
    ]),
    'a    bb\nccc  d   e',
  )
  assert.equal(table([]), '')
})

test('a line is parted at spaces, or within a word that is longer than a line, and nothing is lost', () => {
  assert.deepEqual(wrapped('one two three', 8), ['one two', 'three'])
  assert.deepEqual(wrapped('abcdefghij kl\n\nm', 4), ['abcd', 'efgh', 'ij', 'kl', '', 'm'])
  assert.deepEqual(wrapped('', 4), [''])
  assert.deepEqual(wrapped('🙂🙂🙂', 2), ['🙂🙂', '🙂'])
})

test('a terminal is told what takes longer than a second; nothing else is', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const written: string[] = []
  const terminal = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) > 0 })
  for (const isTTY of [true, false]) {
    let finish = (_: string) => {}
    const work = new Promise<string>((resolve) => {
      finish = resolve
    })
    const result = patiently('Asking', work, terminal(isTTY))
    mock.timers.tick(999)
    assert.deepEqual(written, [])
    mock.timers.tick(1)
    assert.deepEqual(written, isTTY ? ['Asking …\r'] : [])
    finish('done')
    assert.equal(await result, 'done')
    assert.deepEqual(written.splice(0), isTTY ? ['Asking …\r', '\u001b[K'] : [])
  }
  assert.equal(await patiently('Asking', Promise.resolve('at once'), terminal(true)), 'at once')
  assert.deepEqual(written, [])
  await assert.rejects(patiently('Asking', Promise.reject(new Error('no')), terminal(true)), /no/)
})
