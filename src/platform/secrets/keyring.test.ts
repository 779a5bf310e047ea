import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '../random.ts'
import { CannotOpen, makeKeyring } from './keyring.ts'

const ring = makeKeyring(['the present master key, long enough'], systemRandom)
const rotated = makeKeyring(['a new master key, long enough too', 'the present master key, long enough'], systemRandom)
const stranger = makeKeyring(['somebody else’s master key entirely'], systemRandom)

test('what is sealed opens again, with the same context only', () => {
  const sealed = ring.seal('a secret', 'outbox:1')
  assert.equal(ring.open(sealed, 'outbox:1'), 'a secret')
  assert.throws(() => ring.open(sealed, 'outbox:2'), CannotOpen)
  assert.throws(() => stranger.open(sealed, 'outbox:1'), CannotOpen)
  assert.doesNotMatch(sealed, /secret/)
})

test('no byte of a sealed text can change', () => {
  const sealed = ring.seal('a secret', 'x')
  for (let at = 0; at < sealed.length; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    if (Buffer.from(changed, 'base64url').equals(Buffer.from(sealed, 'base64url'))) continue
    assert.throws(() => ring.open(changed, 'x'), CannotOpen, `changed at ${at}`)
  }
})

test('a rotated ring opens what the former key sealed and marked', () => {
  assert.equal(rotated.open(ring.seal('a secret', 'x'), 'x'), 'a secret')
  assert.ok(rotated.fits('123456', 'code', ring.mark('123456', 'code')))
  assert.throws(() => ring.open(rotated.seal('a secret', 'x'), 'x'), CannotOpen)
  assert.deepEqual(rotated.pepper(ring.pepper().id), ring.pepper())
  assert.notDeepEqual(rotated.pepper(), ring.pepper())
  assert.throws(() => stranger.pepper(ring.pepper().id), CannotOpen)
})

test('a mark made for one purpose means nothing to another', () => {
  assert.ok(ring.fits('123456', 'sign-up', ring.mark('123456', 'sign-up')))
  assert.ok(!ring.fits('123456', 'reset', ring.mark('123456', 'sign-up')))
  assert.ok(!ring.fits('123457', 'sign-up', ring.mark('123456', 'sign-up')))
  assert.ok(!ring.fits('123456', 'sign-up', 'short'))
})

test('a signature holds for its value and purpose, and under former keys', () => {
  const signature = ring.sign('a line', 'checkpoint')
  assert.ok(ring.hasSigned('a line', 'checkpoint', signature))
  assert.ok(rotated.hasSigned('a line', 'checkpoint', signature))
  assert.deepEqual(ring.sign('a line', 'checkpoint'), signature)
  assert.ok(!ring.hasSigned('another line', 'checkpoint', signature))
  assert.ok(!ring.hasSigned('a line', 'token', signature))
  assert.ok(!ring.hasSigned('a line', 'checkpoint', rotated.sign('a line', 'checkpoint')))
  assert.ok(!ring.hasSigned('a line', 'checkpoint', { ...stranger.sign('a line', 'checkpoint'), key: signature.key }))
  assert.ok(!ring.hasSigned('a line', 'checkpoint', { ...signature, signature: 'short' }))
})
