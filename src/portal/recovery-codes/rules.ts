/**
 * Recovery codes: ten are shown, and work from the moment the person confirms that they are saved; the former ones work until
 * then. They are not stored before that: the page carries them, sealed.
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { type Account, holdAccount } from '../../core/model/account/store.ts'
import { drawCodes, recoveryMark } from '../../core/model/factor/recovery-code.ts'
import { type CodesLeft, codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { openOffer, sealOffer } from '../../core/model/factor/sealed.ts'
import { spendOnce } from '../../core/model/one-time/one-time.ts'
import { replaceCodes } from '../../core/operations/former-ways/former-factors.ts'
import type { Actor } from '../../platform/actor.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export const stateOfCodes = ({ db }: EventNeeds, { id }: Account): Promise<CodesLeft> => codesLeft(db, id)

/** How long the page that shows them may stand open. */
const OFFER_LIVES = minutes(30)

/** The codes, and when the set that they replace was made. */
function offerOf(needs: EventNeeds, { id }: Account, sealed: string) {
  const [former, ...codes] = openOffer(needs, id, 'codes', sealed)?.split(' ') ?? []
  return former === undefined ? undefined : { former, codes }
}
const NEVER = 'never'
const madeWhen = ({ madeAt }: CodesLeft): string => madeAt?.toISOString() ?? NEVER

/** Ten new codes, and the same sealed. */
export async function offerCodes(needs: EventNeeds, { id }: Account): Promise<{ codes: string[]; sealed: string }> {
  const former = madeWhen(await codesLeft(needs.db, id))
  const codes = drawCodes(needs.random)
  return { codes, sealed: sealOffer(needs, id, 'codes', [former, ...codes].join(' '), OFFER_LIVES) }
}

/** The codes that are offered, while they are. */
export const offeredCodes = (needs: EventNeeds, account: Account, sealed: string): string[] | undefined =>
  offerOf(needs, account, sealed)?.codes

/**
 * Stores the set. Of several requests with the same form one wins: a code that was used stays used, even if none is left.
 */
export async function keepCodes(
  needs: EventNeeds,
  account: Account,
  sealed: string,
  actor: Actor,
): Promise<Done | Refused<'offer-over'>> {
  const offer = offerOf(needs, account, sealed)
  if (!offer) return refused('offer-over')
  return transact(needs.db, async (tx) => {
    await holdAccount(tx, account.id)
    if (madeWhen(await codesLeft(tx, account.id)) !== offer.former) return refused('offer-over')
    if (!(await spendOnce(needs, tx, 'recovery-codes', offer.codes.join(' '), OFFER_LIVES)))
      return refused('offer-over')
    const marks = offer.codes.map((code) => recoveryMark(account.id, code))
    await replaceCodes(needs, tx, account.id, marks)
    const notice = { first: offer.former === NEVER }
    await emit(needs, tx, { kind: 'recovery-codes-made', account: account.id, notice }, actor)
    return done({})
  })
}
