/**
 * The factors of an account: the list, their names, and setting up an authenticator app.
 *
 *   a key is offered ──► the person types a code of the app ──► the app is a factor
 *
 * The key is not stored before that: the page carries it, sealed. Every change sends a notice; every change but a new name ends
 * the trust in all browsers.
 */
import { type Account, holdAccount } from '../../core/model/account/store.ts'
import { everyFactorKind } from '../../core/model/factor/kinds.ts'
import { type CodesLeft, codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { openOffer, sealKey, sealOffer } from '../../core/model/factor/sealed.ts'
import { type FactorId, type FactorRow, factorsOf, setFactorName } from '../../core/model/factor/store.ts'
import { drawKey, stepOfCode } from '../../core/model/factor/totp.ts'
import type { Session } from '../../core/model/session/session.ts'
import { addFactor, type FactorChangeNeeds, factorChanged, hasMost } from '../../core/operations/factor/add-factor.ts'
import type { Actor } from '../../platform/actor.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawId } from '../../platform/random.ts'
import { charactersIn, normalForm } from '../../platform/text.ts'

/** How long the page that sets an app up may stand open. */
const OFFER_LIVES = minutes(30)
/** What the page of factors confirms: a kind stands for one that was set up. */
export const completions = [...everyFactorKind, 'removed', 'renamed', 'kept', 'two-step-on', 'two-step-off'] as const
export type Completion = (typeof completions)[number]

export type Ways = { factors: readonly FactorRow[]; codes: CodesLeft }

export const waysOf = async ({ db }: FactorChangeNeeds, { id }: Account): Promise<Ways> => ({
  factors: await factorsOf(db, id),
  codes: await codesLeft(db, id),
})

/** A key for a new app, and the same sealed. */
export function offerApp(needs: FactorChangeNeeds, { id }: Account): { key: string; sealed: string } {
  const key = drawKey(needs.random)
  const offer = `${drawId('fac', needs.random, needs.clock)} ${key}`
  return { key, sealed: sealOffer(needs, id, 'app', offer, OFFER_LIVES) }
}

/** The key that is offered, while it is. */
export const offeredKey = (needs: FactorChangeNeeds, { id }: Account, sealed: string): string | undefined =>
  offeredApp(needs, id, sealed)?.key

function offeredApp(needs: FactorChangeNeeds, account: Account['id'], sealed: string) {
  const [id, key] = openOffer(needs, account, 'app', sealed)?.split(' ') ?? []
  return id && key ? { id: id as FactorId, key } : undefined
}

export type AppProblem = 'code-missing' | 'code-wrong' | 'offer-over' | 'too-many-ways'

/**
 * Adds the app, which counts as proved in this session. The form sent twice adds one; its code is spent.
 */
export async function confirmApp(
  needs: FactorChangeNeeds,
  { account, session }: { account: Account; session: Session },
  { sealed, code }: { sealed: string; code: string },
  actor: Actor,
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
    if (hasMost(there, 'app')) return refused('too-many-ways')
    const app = { id: offer.id, kind: 'app', sealed_key: sealKey(needs, offer.id, offer.key), last_step: step } as const
    await addFactor(needs, tx, { account, session, actor }, app)
    return done({})
  })
}

const LONGEST_NAME = 60
/** Of the input, in code units, before it is normalised. */
const LONGEST_TYPED = 300
export type NameProblem = 'name-too-long'

/** Gives a factor another name; an empty one removes its name. */
export async function renameFactor(
  needs: FactorChangeNeeds,
  account: Account,
  { id, name: typed }: { id: FactorId; name: string },
  actor: Actor,
): Promise<Done | Refused<NameProblem>> {
  const name = normalForm(typed.trim(), 'NFC', LONGEST_TYPED)
    ?.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '')
    .trim()
  if (name === undefined || charactersIn(name) > LONGEST_NAME) return refused('name-too-long', { limit: LONGEST_NAME })
  await transact(needs.db, async (tx) => {
    const factor = (await factorsOf(tx, account.id)).find((one) => one.id === id)
    if (!factor || !(await setFactorName(tx, account.id, id, name))) return
    await factorChanged(needs, tx, { account, kind: 'factor-renamed', way: factor.kind, name, actor })
  })
  return done({})
}
