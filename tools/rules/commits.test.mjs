import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flawOf } from './commits.mjs'

test('a subject begins with its area, and is at most 72 characters long', () => {
  for (const subject of ['oidc: a key is new', 'sign-up, docs: a passkey will do', `ci: ${'x'.repeat(68)}`])
    assert.equal(flawOf(subject), undefined, subject)
  for (const subject of ['Formatting', 'Merge: x', 'oidc:', 'oidc : x', 'fix', 'a key is new: oidc'])
    assert.match(flawOf(subject) ?? '', /area/, subject)
  assert.match(flawOf(`ci: ${'x'.repeat(69)}`) ?? '', /^73 characters/)
})
