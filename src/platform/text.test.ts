/** X1: the length of a text is looked at before any other work; X12: what the database cannot keep is found. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { charactersIn, codeTyped, isStorable, normalForm, readJson, unstorableIn } from './text.ts'

suite('X1: length before work', () => {
  test('a text is normalised up to its bound, and not at all past it', () => {
    assert.equal(normalForm('e\u0301'.repeat(50), 'NFC', 100), 'é'.repeat(50))
    assert.equal(normalForm('e\u0301'.repeat(51), 'NFC', 100), undefined)
  })
  test('what is too long has more than the limit of characters in its composed forms too: four code units make one', () => {
    const limit = 16
    const unit = fc.constantFrom('α\u0313\u0300\u0345', '\u1100\u1161\u11a8', '\u{11099}\u{110ba}', 'a', '\u{1f600}')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 80 }), fc.constantFrom('NFC', 'NFKC'), (units, form) => {
        const text = units.join('')
        const normal = normalForm(text, form, 4 * limit)
        if (normal === undefined) assert.ok(charactersIn(text.normalize(form)) > limit, text)
      }),
    )
    assert.equal(charactersIn('α\u0313\u0300\u0345'.normalize('NFC')), 1)
  })
  test('a code is read without its spaces and dashes, and one that is too long is none', () => {
    assert.equal(codeTyped(' 123-4 56\u00a0'), '123456')
    assert.equal(codeTyped(`123456${' '.repeat(64_000)}`), '')
  })
  test('JSON is read up to its bound', () => {
    assert.deepEqual(readJson('{"a":[1]}', 9), { a: [1] })
    for (const bad of ['{"a":[10]}', '{', '']) assert.equal(readJson(bad, 9), undefined, bad)
  })
})

suite('X12: what the database cannot keep', () => {
  test('is NUL and half a character, in a text or in a name, however deep', () => {
    for (const good of ['', 'é', '💥', '\ufffd', '\u0001', '\uffff']) assert.ok(isStorable(good), JSON.stringify(good))
    for (const bad of ['a\0', '\ud800', 'x\udc00y', '\ude00\ud83d']) {
      assert.ok(!isStorable(bad), JSON.stringify(bad))
      const deep = `${'['.repeat(20_000)}${JSON.stringify(bad)}${']'.repeat(20_000)}`
      assert.equal(readJson(deep, 50_000), undefined)
      assert.equal(unstorableIn({ good: 1, there: [{ x: bad }] }), 'there')
      assert.equal(unstorableIn({ there: { [bad]: 1 } }), 'there')
      assert.equal(unstorableIn(bad), '')
    }
    assert.equal(unstorableIn({ a: ['b', { c: null, d: 1 }] }), undefined)
  })
})
