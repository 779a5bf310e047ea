/** H1, H2: a thief holds proofs of an account for a minute, and its owner takes it back. In the end the thief reaches nothing. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { hours, minutes } from '../../../src/platform/clock.ts'
import { urls } from '../../../src/urls.ts'
import { makeReturn, type WayBack } from './owner.ts'
import { type Estate, makeEstates, standings } from './people.ts'
import { HAS, type Move, PLAIN, pairs, type Sequence, sequences, wayOf } from './sequences.ts'
import { makeThief, type ThiefMove, thiefMoves } from './thief.ts'

/** One takes about half a second of a processor. */
const SEQUENCES = 150
/** The sequences are the same in every run: another seed is for who looks for a case. */
const SEED = 9
const estates = await makeEstates(standings)

const NAMED: Readonly<Record<string, Partial<Sequence>>> = {
  'H1: a passkey that a thief has added opens nothing after "It was not me"': { minute: ['gets in', 'adds a passkey'] },
  'H1: nor does an app, for which the owner is not asked': { minute: ['gets in', 'adds an app'] },
  'H1: nor when the thief has moved the address, and it is undone': {
    minute: ['gets in', 'adds a passkey', 'changes the address to their first'],
    way: 'an undo',
  },
  'H1: ways that a thief removes come back, and so does two-step verification': {
    standing: 'two steps',
    held: ['session', 'session'],
    minute: ['makes new recovery codes', 'removes the ways of the owner'],
  },
  'H2: the password of before opens nothing between "It was not me" and the new one': {
    minute: ['gets in', 'adds a passkey'],
    between: ['gets in', 'changes the address to their first'],
  },
  'H2: nor after the change of address is undone': {
    minute: ['gets in', 'changes the address to their first'],
    way: 'an undo',
    between: ['gets in', 'changes the address to their second'],
  },
  'H1: a passkey that is held for a minute leaves nothing': {
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
  'H1: nor do recovery codes': {
    standing: 'two steps',
    held: ['password', 'recovery codes'],
    minute: ['gets in', 'adds a back-up address', 'adds a number', 'adds an app', 'makes new recovery codes'],
  },
  'H1: nor does a mailbox that is read': {
    held: ['mailbox', 'mailbox'],
    minute: [
      'forgets the password',
      'presses what they copied',
      'signs in',
      'changes the password',
      'asks for another address, and waits',
    ],
  },
  'H1: nor does a block, nor a request to support': {
    standing: 'two steps',
    minute: ['asks support', 'guesses until the account is blocked'],
    way: 'a block',
  },
  'H1: nor does "It was not me" of a thief': { minute: ['gets in', 'says that it was not them'] },
  'H1: what was copied from the mailbox is dead, to and fro': {
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

/** What must be again what it was. */
async function belongings({ service: { db } }: Estate) {
  const { two_step_since: since, closing_at: closing } = await db
    .selectFrom('accounts')
    .select(['two_step_since', 'closing_at'])
    .executeTakeFirstOrThrow()
  const factors = await db.selectFrom('factors').select('id').orderBy('id').execute()
  return { isOn: since !== null, isClosing: closing !== null, factors: factors.map(({ id }) => id) }
}

/** Answers the moves that have succeeded, in the minute and between what takes the account back and the password. */
async function play(sequence: Sequence): Promise<{ minute: ThiefMove[]; between: ThiefMove[] }> {
  const estate = estates.get(sequence.standing)
  assert.ok(estate)
  await estate.bringBack()
  const { service } = estate
  const before = await belongings(estate)
  const thief = makeThief(estate, new Set(sequence.held))
  await thief.begin()
  const owner = makeReturn(estate)
  const [minute, between]: [ThiefMove[], ThiefMove[]] = [[], []]
  for (const move of sequence.minute) if (await thief.does(move)) minute.push(move)
  thief.theMinuteIsOver()
  const isThiefs = (move: Move): move is ThiefMove => thiefMoves.some((it) => it === move)
  for (const move of sequence.meanwhile) {
    service.clock.advance(minutes(1))
    if (isThiefs(move)) await thief.does(move)
    else if (move === 'the owner: chooses a password') await owner.chooses()
    else await owner.goesBack(move.slice('the owner: '.length) as WayBack)
  }
  const ways = [sequence.way, 'an undo', 'a notice', 'Activity', 'Forgot'] as const
  let isBack = false
  for (const way of ways) {
    service.clock.advance(hours(1))
    if (!(await owner.goesBack(way))) continue
    for (const move of sequence.between) if (await thief.does(move)) between.push(move)
    isBack = await owner.chooses()
    if (isBack) break
  }
  assert.ok(isBack, 'the owner has taken the account back')
  assert.equal(await owner.signsIn(), urls.review, 'the owner looks at what is left')
  for (const move of sequence.afterwards) await thief.does(move)
  if (sequence.isLate) service.clock.advance(hours(73))
  assert.deepEqual(await thief.reaches(), [], 'the thief reaches nothing')
  assert.equal(await owner.signsIn(), urls.review, 'the owner gets in')
  const { isOn, ...left } = await belongings(estate)
  const { isOn: wasOn, ...had } = before
  assert.deepEqual(left, had)
  // A mailbox of before that takes the account back has an older way asked for, for a while.
  if (sequence.standing !== 'passkey') assert.equal(isOn, wasOn)
  return { minute, between }
}

suite('H1, H2: an account is taken back', () => {
  for (const [what, sequence] of Object.entries(NAMED))
    test(what, async () => {
      const whole = { ...PLAIN, ...sequence }
      const { minute, between } = await play(whole)
      assert.deepEqual(minute, whole.minute, 'the thief has done all of it')
      assert.deepEqual(between, [], 'and nothing while the password is off')
    })

  test(`${SEQUENCES} sequences of moves of a thief and of the owner leave the thief nothing`, () => {
    const property = fc.asyncProperty(sequences, async (sequence) => void (await play(sequence)))
    return fc.assert(property, { numRuns: SEQUENCES, seed: SEED, includeErrorInReport: true })
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
  for (const { standing, held } of pairs.filter(({ held: [one, other] }) => one === other))
    test(`E8: a thief with the ${held[0]}, an owner with ${HAS[standing]}: the owner`, async () => {
      const way = wayOf(held, 'a notice')
      await play({ ...PLAIN, standing, held, minute: most, way, afterwards: ['presses what they copied'] })
    })
})
