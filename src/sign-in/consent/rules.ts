/** A third-party product shows what it asks for; the person agrees or does not. */
import { emit } from '../../core/events/emit.ts'
import { consentedScopes, setConsent } from '../../core/model/product/store.ts'
import type { Session } from '../../core/model/session/session.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import type { Journey, ProductRequest } from '../../journey/journey.ts'
import { proveNow } from '../../journey/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

/** The person agrees to what this journey's product asks for, on top of what they agreed to before. */
export async function giveConsent(
  needs: JourneyNeeds,
  journey: Journey,
  request: ProductRequest,
  session: Session,
  actor: Actor,
) {
  await transact(needs.db, async (tx) => {
    if (!(await proveNow(needs, tx, journey, session, 'consent'))) return
    const before = await consentedScopes(tx, session.account, request.product)
    await setConsent(tx, session.account, request.product, [...before, ...request.scopes], needs.clock.now())
    const facts = { product: request.product, scopes: request.scopes }
    const isNew = request.scopes.some((scope) => !before.includes(scope))
    if (isNew) await emit(needs, tx, { kind: 'consent-given', account: session.account, facts }, actor)
  })
}
