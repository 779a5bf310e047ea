/** K4: a thief holds proofs of an account for a minute, and its owner takes it back. In the end the thief reaches nothing. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { ownerHasIt } from './play.ts'
import { HAS, PLAIN, pairs, type Sequence, wayOf } from './sequences.ts'
import { type ThiefMove, thiefMoves } from './thief.ts'

const NAMED: Readonly<Record<string, Partial<Sequence>>> = {
  'K4: a passkey that a thief has added opens nothing after "It was not me"': { minute: ['gets in', 'adds a passkey'] },
  'K4: nor does an app, for which the owner is not asked': { minute: ['gets in', 'adds an app'] },
  'K4: nor when the thief has moved the address, and it is undone': {
    minute: ['gets in', 'adds a passkey', 'changes the address to their first'],
    way: 'an undo',
  },
  'K4: ways that a thief removes come back, and so does two-step verification': {
    standing: 'two steps',
    held: ['session', 'session'],
    minute: ['makes new recovery codes', 'removes the ways of the owner'],
  },
  'K4: the password of before opens nothing between "It was not me" and the new one': {
    minute: ['gets in', 'adds a passkey'],
    between: ['gets in', 'changes the address to their first'],
  },
  'K4: nor after the change of address is undone': {
    minute: ['gets in', 'changes the address to their first'],
    way: 'an undo',
    between: ['gets in', 'changes the address to their second'],
  },
  'K4: a passkey that is held for a minute leaves nothing': {
    standing: 'passkey',
    held: ['passkey', 'passkey'],
    minute: [
      'signs in by passkey',
      'turns two-step verification on',
      'turns two-step verification off',
      'gets tokens',
      'ends the sessions of the owner',
      'closes the account',
    ],
  },
  'K4: nor do recovery codes': {
    standing: 'two steps',
    held: ['password', 'recovery codes'],
    minute: ['gets in', 'adds a back-up address', 'adds a number', 'adds an app', 'makes new recovery codes'],
  },
  'K4: nor does a mailbox that is read': {
    held: ['mailbox', 'mailbox'],
    minute: [
      'forgets the password',
      'presses what they copied',
      'signs in',
      'changes the password',
      'asks for another address, and waits',
    ],
  },
  'K4: nor does a block, nor a request to support': {
    standing: 'two steps',
    minute: ['asks support', 'guesses until the account is blocked'],
    way: 'a block',
  },
  'K4: nor does "It was not me" of a thief': { minute: ['gets in', 'says that it was not them'] },
  'K4: what was copied from the mailbox is dead, to and fro': {
    held: ['password', 'mailbox'],
    minute: [
      'gets in',
      'changes the address to their first',
      'gets in',
      'changes the address back',
      'copies letters',
      'gets in',
      'changes the address to their second',
    ],
    way: 'an undo',
    afterwards: ['presses what they copied'],
  },
}

suite('K4: an account is taken back', () => {
  test('each move of the thief is among the cases, where all succeed', () => {
    const moves = Object.values(NAMED).flatMap(({ minute = [] }) => minute)
    const missing = thiefMoves.filter((move) => !moves.includes(move))
    assert.deepEqual(missing, [])
  })

  for (const [what, sequence] of Object.entries(NAMED))
    test(what, async () => {
      const whole = { ...PLAIN, ...sequence }
      const { minute, between } = await ownerHasIt(whole)
      assert.deepEqual(minute, whole.minute, 'the thief has done all of it')
      assert.deepEqual(between, [], 'and nothing while the password is off')
    })
})

/** Whoever holds these for a minute, and does the most with it: whose the account is in the end. */
suite('who has the account in the end', () => {
  const most: ThiefMove[] = [
    'gets in',
    'adds a passkey',
    'adds an app',
    'copies letters',
    'changes the address to their first',
  ]
  for (const { standing, held } of pairs)
    test(`E8: a thief with the ${[...new Set(held)].join(' and the ')}, an owner with ${HAS[standing]}: the owner`, async () => {
      const way = wayOf(held, 'a notice')
      await ownerHasIt({ ...PLAIN, standing, held, minute: most, way, afterwards: ['presses what they copied'] })
    })
})
