/**
 * Setting up an authenticator app.
 *
 *   a key is offered ──► the person types a code of the app ──► the app is a factor
 *
 * The key is not stored before that: the page carries it, sealed.
 */
import { type Account, holdAccount } from '../../core/model/account/store.ts'
import { openOffer, sealKey, sealOffer } from '../../core/model/factor/sealed.ts'
import { type FactorId, factorsOf } from '../../core/model/factor/store.ts'
import { drawKey, stepOfCode } from '../../core/model/factor/totp.ts'
import type { Session } from '../../core/model/session/session.ts'
import { addFactor, type FactorChangeNeeds, hasMost } from '../../core/operations/factor/add-factor.ts'
import type { Actor } from '../../platform/actor.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawId } from '../../platform/random.ts'

/** How long its page may stand open. */
const OFFER_LIVES = minutes(30)

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
