/** What opens an account: every way from every proof, walked by somebody who tries all of them (E8). */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { levelReached, makeVictim, type Proof } from '../../src/testing/thief.ts'

type Row = readonly [held: readonly Proof[], reaches: string]

/** Whoever holds more reaches no less: what several together do not open, none of them opens. */
const EVERYTHING: readonly Row[] = [
  [['password', 'mailbox', 'former mailbox'], 'nothing'],
  [['back-up mailbox', 'mobile', 'landline', 'app', 'recovery code'], 'nothing'],
  [['password', 'mailbox', 'former mailbox', 'back-up mailbox'], 'pwd'],
  [['passkey'], 'phr'],
  [['password', 'mobile'], 'mfa'],
  [['mailbox', 'app'], 'mfa'],
]
suite('an account that has everything', () => {
  for (const [held, reaches] of EVERYTHING)
    test(`E8: ${held.join(' and ')} reaches ${reaches}`, async () => {
      assert.equal(await levelReached(await makeVictim('everything'), held), reaches)
    })
})

/** Two-step verification is off: the passkey is a way in beside the others, and no way in is shut by it. */
suite('E9: an account that has a password and a passkey', () => {
  for (const [held, reaches] of [
    [['password'], 'pwd'],
    [['mailbox'], 'pwd'],
    [['passkey'], 'phr'],
    [['back-up mailbox', 'mobile', 'app', 'recovery code'], 'nothing'],
  ] as readonly Row[])
    test(`${held.join(' and ')} reaches ${reaches}`, async () => {
      assert.equal(await levelReached(await makeVictim('a password and a passkey'), held), reaches)
    })
})

suite('an account that has a password alone', () => {
  for (const held of ['password', 'mailbox', 'former mailbox'] as const)
    test(`C4, F4: ${held} opens it`, async () => {
      assert.notEqual(await levelReached(await makeVictim('a password'), [held]), 'nothing')
    })
})
