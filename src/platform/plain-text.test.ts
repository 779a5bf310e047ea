import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { oneLine, plainJson, visible, withoutPeople } from './plain-text.ts'

/** All of Unicode's control characters, and what turns the direction of reading. */
const UNSEEN = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at)]
  .concat([
    0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
  ])
  .map((code) => String.fromCharCode(code))

suite('X6: what is not seen steers nothing', () => {
  test('a line is one line, and the rest of it stays', () => {
    for (const sign of UNSEEN) assert.equal(oneLine(`${sign}a${sign}${sign}b${sign}`), 'a b', JSON.stringify(sign))
    assert.equal(oneLine('Nadia Ben-Ali, née Ωmega 👩🏽‍🚀'), 'Nadia Ben-Ali, née Ωmega 👩🏽‍🚀')
  })

  test('a text of several lines keeps them', () => {
    for (const sign of UNSEEN) assert.equal(visible(`a${sign}b`), sign === '\n' ? 'a\nb' : 'a b')
  })

  test('JSON says the same', () => {
    const text = `"${UNSEEN.join('')}\\`
    const json = plainJson(JSON.stringify({ text }))
    assert.equal(JSON.parse(json).text, text)
    for (const sign of UNSEEN) assert.ok(!json.includes(sign))
  })
})

test('a log names nobody, however an address is written, and is not as long as a stranger likes', () => {
  for (const address of [
    'marie@exemple.ca',
    'marie%40exemple.ca',
    '"marie"@exemple.ca',
    'o.k+1@xn--exmple-cua.ca',
    'é@é.ca',
  ])
    assert.ok(!withoutPeople(`550 <${address}>: no such mailbox`).includes('exemple'), address)
  assert.equal(withoutPeople('550 <marie@exemple.ca>: no such mailbox'), '550 <…@…>: no such mailbox')
  assert.equal(withoutPeople('The number +1 613-555-0142 takes no texts'), 'The number +… takes no texts')
  assert.equal(
    withoutPeople('at node_modules/@hono/node-server/dist/index.js:5'),
    'at node_modules/@hono/node-server/dist/index.js:5',
  )
  assert.equal(withoutPeople('x'.repeat(10_000)).length, 500)
})
