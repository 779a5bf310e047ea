/**
 * What opens an account: every way from every proof, walked by somebody who tries all of them (E8); and who has it once
 * somebody has changed it and its owner has taken it back.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { levelReached, makeVictim, type Proof } from '../../src/testing/thief.ts'
import { type Holder, whoHasIt } from './taken-back/play.ts'
import { HAS, PLAIN, type Sequence } from './taken-back/sequences.ts'

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

type Case = Partial<Sequence> & Pick<Sequence, 'minute'>
/** At once, and when what is new has cooled off. Where no account and no proof is named: a password alone. */
const IN_THE_END: Readonly<Record<Holder, readonly Case[]>> = {
  'the owner': [
    // ways that are new
    { minute: ['gets in', 'adds a passkey'] },
    { minute: ['gets in', 'adds an app'] },
    { minute: ['gets in', 'adds a number', 'makes new recovery codes'] },
    { minute: ['gets in', 'adds a back-up address'], way: 'Forgot' },
    {
      minute: ['gets in', 'adds a passkey'],
      meanwhile: ['signs in by passkey', 'changes the address to their second'],
    },
    { standing: 'passkey', held: ['mailbox', 'mailbox'], minute: ['gets in', 'removes the ways of the owner'] },
    // the switch of two-step verification
    { minute: ['gets in', 'adds a passkey', 'turns two-step verification on'], way: 'Activity' },
    { standing: 'passkey', minute: ['gets in', 'adds a passkey', 'turns two-step verification on'] },
    { standing: 'two steps', held: ['password', 'app'], minute: ['gets in', 'turns two-step verification off'] },
    { standing: 'two steps', held: ['session', 'recovery codes'], minute: ['removes the ways of the owner'] },
    // a change of address that is undone
    { minute: ['gets in', 'changes the address to their first'], way: 'an undo' },
    { minute: ['gets in', 'adds an app', 'changes the address to their first'], way: 'an undo' },
    { minute: ['gets in', 'changes the address to their first'], way: 'Forgot', afterwards: ['forgets the password'] },
    { standing: 'address', minute: ['gets in', 'changes the address to their first'], way: 'an undo' },
  ],
  // as long as its owner does nothing
  both: [
    { minute: ['gets in', 'adds a passkey'], way: 'none' },
    { minute: ['gets in', 'adds a number'], way: 'none', isLate: false },
    {
      standing: 'passkey',
      held: ['mailbox', 'passkey'],
      minute: ['gets in', 'adds a passkey', 'turns two-step verification on'],
      way: 'none',
    },
  ],
  'the thief': [
    { minute: ['gets in', 'adds a number'], way: 'none', isLate: true }, // which the owner is asked for once it is not new
    { minute: ['gets in', 'adds a passkey', 'changes the address to their first'], way: 'none' },
  ],
  nobody: [],
}
suite('K4: who has the account in the end', () => {
  for (const [holder, cases] of Object.entries(IN_THE_END))
    for (const sequence of cases.flatMap((it) => [false, true].map((isLate) => ({ ...PLAIN, isLate, ...it })))) {
      const { standing, held, minute, meanwhile, way, isLate } = sequence
      const thief = `a thief with the ${[...new Set(held)].join(' and the ')} ${[...minute, ...meanwhile].join(', ')}`
      const owner = `an owner with ${HAS[standing]}: ${way}${isLate ? ', and 73 hours' : ''}`
      test(`${holder}: ${thief}; ${owner}`, async () => assert.equal(await whoHasIt(sequence), holder))
    }
})
