/**
 * The ways to sign in that an account has besides its password.
 *
 *   an app:  a key is offered ──► a code that the app makes of it ──► it is one of the ways
 *
 * What is offered is kept nowhere before it is confirmed: the page carries it, sealed. Every change is told to the mailbox, and
 * has every browser ask for the second step again.
 */
import { type Account, type AccountId, holdAccount } from '../../core/account/store.ts'
import { addFactor, changed, MOST_OF_A_KIND } from '../../core/factor/change.ts'
import { type CodesLeft, codesLeft, replaceCodes } from '../../core/factor/recovery/store.ts'
import { mustKeepOne } from '../../core/factor/required.ts'
import { openOffer, sealKey, sealOffer } from '../../core/factor/sealed.ts'
import {
  deleteFactor,
  type FactorId,
  type FactorRow,
  factorsOf,
  secondSteps,
  setFactorName,
} from '../../core/factor/store.ts'
import { drawKey, stepOfCode } from '../../core/factor/totp.ts'
import { switchTwoStep } from '../../core/factor/two-step.ts'
import type { Needs as HistoryNeeds } from '../../core/history/history.ts'
import type { Needs as NoticeNeeds } from '../../core/notice/notice.ts'
import type { Policies } from '../../core/password/policy/current.ts'
import { findPassword } from '../../core/password/store.ts'
import type { Session } from '../../core/session/session.ts'
import { minutes } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawId } from '../../platform/random.ts'
import { charactersIn, normalForm } from '../../platform/text.ts'

export type Needs = HistoryNeeds & NoticeNeeds & { policies: Policies }

/** How long the page that sets an app up may stand open. */
const OFFER_LIVES = minutes(30)
export type Ways = { factors: readonly FactorRow[]; codes: CodesLeft }

export const waysOf = async ({ db }: Needs, { id }: Account): Promise<Ways> => ({
  factors: await factorsOf(db, id),
  codes: await codesLeft(db, id),
})

/** A key for a new app, and the same sealed. */
export function offerApp(needs: Needs, { id }: Account): { key: string; sealed: string } {
  const key = drawKey(needs.random)
  const offer = `${drawId('fac', needs.random, needs.clock)} ${key}`
  return { key, sealed: sealOffer(needs, id, 'app', offer, OFFER_LIVES) }
}

/** The key that is offered, while it is. */
export const offeredKey = (needs: Needs, { id }: Account, sealed: string): string | undefined =>
  offeredApp(needs, id, sealed)?.key

function offeredApp(needs: Needs, account: Account['id'], sealed: string) {
  const [id, key] = openOffer(needs, account, 'app', sealed)?.split(' ') ?? []
  return id && key ? { id: id as FactorId, key } : undefined
}

export type AppProblem = 'code-missing' | 'code-wrong' | 'offer-over' | 'too-many-ways'

/**
 * The app is one of the ways from now on, and was proved in this session. The form sent twice is one app; its code opens
 * nothing any more.
 */
export async function confirmApp(
  needs: Needs,
  { account, session }: { account: Account; session: Session },
  { sealed, code }: { sealed: string; code: string },
  origin: Origin,
): Promise<Done | Refused<AppProblem>> {
  const offer = offeredApp(needs, account.id, sealed)
  if (!offer) return refused('offer-over')
  if (code.trim() === '') return refused('code-missing')
  const now = needs.clock.now()
  const step = stepOfCode(offer.key, code, now)
  if (step === undefined) return refused('code-wrong')
  return transact(needs.db, async (tx) => {
    await holdAccount(tx, account.id)
    const there = await factorsOf(tx, account.id)
    if (there.some(({ id }) => id === offer.id)) return done({})
    if (there.filter(({ kind }) => kind === 'app').length >= MOST_OF_A_KIND.app) return refused('too-many-ways')
    const app = { id: offer.id, kind: 'app', sealed_key: sealKey(needs, offer.id, offer.key), last_step: step } as const
    await addFactor(needs, tx, { account, session, origin }, app)
    return done({})
  })
}

/** Why a way stays: one is required, or nobody could sign in without it. */
export const removalProblems = ['last-way', 'only-way-in'] as const
export type RemovalProblem = (typeof removalProblems)[number]

/**
 * Of several who remove it at once, one has done so. With the last second step what backs it up goes too. Where one is required,
 * the last that counts stays: of two who remove the last two at once, the second is refused.
 */
export const removeFactor = (
  needs: Needs,
  { id: account }: Account,
  id: FactorId,
  origin: Origin,
): Promise<Done | Refused<RemovalProblem>> =>
  transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account)
    const counting = secondSteps(await factorsOf(tx, account))
    const isLast = counting.length === 1 && counting[0]?.id === id
    if (held && isLast && (await mustKeepOne(needs, tx, held))) return refused('last-way')
    if (await isOnlyWayIn(tx, account, id)) return refused('only-way-in')
    const removed = await deleteFactor(tx, account, id)
    if (!held || !removed) return done({})
    const { kind: way, name } = removed
    const left = await factorsOf(tx, account)
    const isLastGone = secondSteps(left).length === 0
    if (isLastGone) {
      for (const backUp of left) await deleteFactor(tx, account, backUp.id)
      await replaceCodes(tx, account, [], needs.clock.now())
    }
    const isOff = isLastGone && (await switchTwoStep(needs, tx, { account, on: false, origin }))
    const twoStep = isOff ? 'off' : undefined
    await changed(needs, tx, { account: held, kind: 'factor-removed', way, name, origin, twoStep })
    return done({})
  })

/** The last passkey of an account without a password: nobody could sign in any more. */
async function isOnlyWayIn(tx: Tx, account: AccountId, id: FactorId): Promise<boolean> {
  const passkeys = (await factorsOf(tx, account)).filter(({ kind }) => kind === 'passkey')
  return passkeys.length === 1 && passkeys[0]?.id === id && !(await findPassword(tx, account))
}

const LONGEST_NAME = 60
/** Of what is typed, in code units: more than this is too long in any form. */
const LONGEST_TYPED = 300
export type NameProblem = 'name-too-long'

/** Gives a way another name; an empty one gives it back the one of its kind. */
export async function renameFactor(
  needs: Needs,
  account: Account,
  { id, name: typed }: { id: FactorId; name: string },
  origin: Origin,
): Promise<Done | Refused<NameProblem>> {
  const name = normalForm(typed.trim(), 'NFC', LONGEST_TYPED)
    ?.replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  if (name === undefined || charactersIn(name) > LONGEST_NAME) return refused('name-too-long', { limit: LONGEST_NAME })
  await transact(needs.db, async (tx) => {
    const factor = (await factorsOf(tx, account.id)).find((one) => one.id === id)
    if (!factor || !(await setFactorName(tx, account.id, id, name))) return
    await changed(needs, tx, { account, kind: 'factor-renamed', way: factor.kind, name, origin })
  })
  return done({})
}
