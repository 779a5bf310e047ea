/** Plays a sequence: what the thief and the owner do, one after another, and what came of it. */
import assert from 'node:assert/strict'
import { hours, minutes } from '../../../src/platform/clock.ts'
import { urls } from '../../../src/urls.ts'
import { makeReturn, type WayBack } from './owner.ts'
import { type Estate, makeEstates, standings } from './people.ts'
import type { Sequence } from './sequences.ts'
import { makeThief, type ThiefMove, thiefMoves } from './thief.ts'

const estates = await makeEstates(standings)

export type Outcome = {
  /** The moves that have succeeded: in the minute, and while the password is off. */
  minute: ThiefMove[]
  between: ThiefMove[]
  /** What led the owner to choose a password, and where that led, in the end at the latest. */
  way: WayBack | undefined
  ownerAt: readonly string[]
  /** All that opens anything, of what the thief has. */
  reached: readonly string[]
  had: Belongings
  has: Belongings
}
/** What must be again what it was. */
type Belongings = { isOn: boolean; isClosing: boolean; factors: readonly string[] }

async function belongings({ service: { db } }: Estate): Promise<Belongings> {
  const { two_step_since: since, closing_at: closing } = await db
    .selectFrom('accounts')
    .select(['two_step_since', 'closing_at'])
    .executeTakeFirstOrThrow()
  const factors = await db.selectFrom('factors').select('id').orderBy('id').execute()
  return { isOn: since !== null, isClosing: closing !== null, factors: factors.map(({ id }) => id) }
}

type Players = { estate: Estate; thief: ReturnType<typeof makeThief>; owner: ReturnType<typeof makeReturn> }

async function succeeding({ thief }: Players, moves: readonly ThiefMove[]): Promise<ThiefMove[]> {
  const done: ThiefMove[] = []
  for (const move of moves) if (await thief.does(move)) done.push(move)
  return done
}

async function meanwhile({ estate, thief, owner }: Players, moves: Sequence['meanwhile']): Promise<void> {
  for (const move of moves) {
    estate.service.clock.advance(minutes(1))
    const ofThief = thiefMoves.find((it) => it === move)
    await (ofThief ? thief.does(ofThief) : owner.does(move))
  }
}

/** By the way of the sequence, else by any other one. */
async function takesBack(players: Players, sequence: Sequence): Promise<Pick<Outcome, 'way' | 'between'>> {
  const between: ThiefMove[] = []
  const ways = sequence.way === 'none' ? [] : ([sequence.way, 'an undo', 'a notice', 'Activity', 'Forgot'] as const)
  for (const way of ways) {
    players.estate.service.clock.advance(hours(1))
    if (!(await players.owner.goesBack(way))) continue
    between.push(...(await succeeding(players, sequence.between)))
    if (await players.owner.chooses()) return { way, between }
  }
  return { way: undefined, between }
}

export async function play(sequence: Sequence): Promise<Outcome> {
  const estate = estates.get(sequence.standing)
  assert.ok(estate)
  await estate.bringBack()
  const had = await belongings(estate)
  const thief = makeThief(estate, new Set(sequence.held))
  await thief.begin()
  const owner = makeReturn(estate)
  const players = { estate, thief, owner }
  const minute = await succeeding(players, sequence.minute)
  thief.theMinuteIsOver()
  await meanwhile(players, sequence.meanwhile)
  const back = await takesBack(players, sequence)
  const ownerAt = sequence.isQuick ? [await owner.signsIn()] : []
  await succeeding(players, sequence.afterwards)
  if (sequence.isLate) estate.service.clock.advance(hours(73))
  const reached = await thief.reaches()
  ownerAt.push(await owner.signsIn())
  return { ...back, minute, ownerAt, reached, had, has: await belongings(estate) }
}

/** Plays it; in the end the owner has the account as it was, and the thief reaches nothing. */
export async function ownerHasIt(sequence: Sequence): Promise<Outcome> {
  const outcome = await play(sequence)
  const { way, ownerAt, reached, had, has } = outcome
  assert.ok(way, 'the owner has taken the account back')
  assert.deepEqual(reached, [], 'the thief reaches nothing')
  assert.deepEqual([...new Set(ownerAt)], [urls.review], 'the owner gets in, and looks at what is left')
  // A mailbox of before that takes the account back has an older way asked for, for a while.
  const isOn = sequence.standing === 'passkey' ? has.isOn : had.isOn
  assert.deepEqual(has, { ...had, isOn })
  return outcome
}

export type Holder = 'the owner' | 'the thief' | 'both' | 'nobody'

/** Plays it; who can open the account in the end. */
export async function whoHasIt(sequence: Sequence): Promise<Holder> {
  const { ownerAt, reached } = await play(sequence)
  const isOwnerIn = ownerAt.at(-1) === urls.review || ownerAt.at(-1) === urls.account
  if (reached.length > 0) return isOwnerIn ? 'both' : 'the thief'
  return isOwnerIn ? 'the owner' : 'nobody'
}
