import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { ownPath } from './language.ts'

const ORIGIN = 'https://account.example.com'

suite('where a change of language leads back to', () => {
  test('a page of ours comes out as it went in', () => {
    for (const path of ['/', '/sign-in?journey=jrn_1', '/device?user_code=BDWP-HQPK', '/x?to=//evil.example', '/%2F/x'])
      assert.equal(ownPath(path, ORIGIN), path)
  })
  test('X12: a path has 2,000 characters at most, written as an address: it stands in a header of the answer', () => {
    assert.equal(ownPath(`/${'x'.repeat(1_999)}`, ORIGIN), `/${'x'.repeat(1_999)}`)
    for (const path of [`/${'x'.repeat(2_000)}`, `/x?${'é'.repeat(500)}`, `/${'x'.repeat(30_000)}`])
      assert.equal(ownPath(path, ORIGIN), '/account')
  })
  const elsewhere = [
    '//evil.example/x',
    '/\\evil.example/x',
    '/.//evil.example/x',
    '/./\\evil.example/x',
    '/%2e//evil.example/x',
    '/x/..//evil.example',
    '/\t/evil.example',
    '/.\n//evil.example',
    '///evil.example',
    'https:evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    `${ORIGIN}@evil.example/`,
    'evil.example',
    '',
  ]
  for (const path of elsewhere)
    test(`${JSON.stringify(path)} leads home`, () => assert.equal(ownPath(path, ORIGIN), '/account'))
  test('whatever it is made of, it is a path of ours that begins with one slash', () => {
    const pieces = [
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2F',
      '%5C',
      '\t',
      '\n',
      '@',
      ':',
      '?',
      '#',
      ' ',
      'https:',
      'evil.example',
    ]
    const path = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(path, fc.constantFrom('', '/'), (parts, first) => {
        const result = ownPath(first + parts.join(''), ORIGIN)
        assert.equal(new URL(result, ORIGIN).origin, ORIGIN)
        assert.match(result, /^\/(?![/\\])/)
        assert.equal(ownPath(result, ORIGIN), result, 'and stays what it is')
      }),
      { numRuns: 5_000 },
    )
  })
})
