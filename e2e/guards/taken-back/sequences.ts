/** Moves of a thief and of the owner, in any order. */
import fc from 'fast-check'
import type { Proof } from './holdings.ts'
import { ownersMoves, type WayBack, waysBack } from './owner.ts'
import { type Standing, standings } from './people.ts'
import { type ThiefMove, thiefMoves } from './thief.ts'

export type Move = ThiefMove | (typeof ownersMoves)[number]
export type Sequence = {
  standing: Standing
  held: readonly [Proof, Proof]
  /** While the thief holds the proofs; meanwhile; between what takes the account back and the password; afterwards. */
  minute: ThiefMove[]
  meanwhile: Move[]
  way: WayBack | 'none'
  between: ThiefMove[]
  afterwards: ThiefMove[]
  /** Whether the owner signs in at once with the password they have chosen. */
  isQuick: boolean
  /** Whether ways that were added have cooled off by the end. */
  isLate: boolean
}

const EVERYBODYS: readonly Proof[] = ['password', 'session', 'trusted browser', 'mailbox']
const PROOFS: Readonly<Record<Standing, readonly Proof[]>> = {
  nothing: EVERYBODYS,
  passkey: [...EVERYBODYS, 'passkey'],
  'two steps': [...EVERYBODYS, 'app', 'mobile', 'back-up mailbox', 'recovery codes'],
  address: [...EVERYBODYS, 'former mailbox'],
}
/** Every proof, alone and with every other one. */
export const pairs = standings.flatMap((standing) =>
  PROOFS[standing].flatMap((one, at, all) => all.slice(at).map((other) => ({ standing, held: [one, other] as const }))),
)

const MANY_REQUESTS: ThiefMove = 'guesses until the account is blocked'
const thieve = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(...thiefMoves.filter((move) => move !== MANY_REQUESTS)) },
  { weight: 4, arbitrary: fc.constantFrom<ThiefMove>('gets in', 'copies letters', 'presses what they copied') },
  { weight: 1, arbitrary: fc.constant(MANY_REQUESTS) },
)
/** What somebody leaves behind who is in. */
const inside = fc.oneof(
  fc.constantFrom<ThiefMove>(
    'adds a passkey',
    'adds an app',
    'adds a number',
    'adds a back-up address',
    'removes the ways of the owner',
    'makes new recovery codes',
    'turns two-step verification on',
    'turns two-step verification off',
  ),
  thieve,
)
/** The address goes to and fro, and what was copied is pressed at the end. */
const toAndFro = fc
  .shuffledSubarray<ThiefMove>([
    'changes the address to their first',
    'changes the address back',
    'changes the address to their second',
    'copies letters',
  ])
  .map((moves) => moves.flatMap((move): ThiefMove[] => ['gets in', move]))
const minute = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(inside, { maxLength: 4, size: 'max' }).map((moves): ThiefMove[] => ['gets in', ...moves]),
  },
  { weight: 1, arbitrary: fc.array(thieve, { maxLength: 4, size: 'max' }) },
  { weight: 2, arbitrary: toAndFro },
)
/** The sequences are the same in every run: another seed is for who looks for a case. */
export const SEEDS = [9, 10, 11, 12] as const
export const EACH_SEED_GIVES = 500

export const sequences: fc.Arbitrary<Sequence> = fc
  .record({
    who: fc.constantFrom(...pairs),
    minute,
    meanwhile: fc.array(fc.oneof<fc.Arbitrary<Move>[]>(thieve, fc.constantFrom(...ownersMoves)), {
      maxLength: 3,
      size: 'max',
    }),
    way: fc.constantFrom(...waysBack),
    between: fc.array(thieve, { maxLength: 1, size: 'max' }),
    afterwards: fc.array(thieve, { maxLength: 2, size: 'max' }),
    isQuick: fc.boolean(),
    isLate: fc.boolean(),
  })
  .map(({ who, way, ...moves }) => ({ ...who, ...moves, way: wayOf(who.held, way) }))

/**
 * Whoever has read a former mailbox may have copied the link that undoes the last change. In its first hour it leads to a new
 * password, later it shuts the account and takes the address back: its owner has to speak from there too, which ends what was
 * written to it before (docs/decisions/0036-recovery-after-address-changes.md).
 */
export function wayOf(held: readonly Proof[], way: WayBack): WayBack {
  return held.includes('former mailbox') ? 'an undo' : way
}

export const HAS: Readonly<Record<Standing, string>> = {
  nothing: 'a mailbox and a password',
  passkey: 'a mailbox, a password and a passkey',
  'two steps': 'a mailbox, a password and two-step verification',
  address: 'two mailboxes and a password',
}

export const PLAIN: Sequence = {
  standing: 'nothing',
  held: ['password', 'password'],
  minute: ['gets in'],
  meanwhile: [],
  way: 'a notice',
  between: [],
  afterwards: [],
  isQuick: true,
  isLate: false,
}
