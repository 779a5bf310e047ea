/** A new passkey or security key for an account: the authenticator makes it, and answers our challenge. */
import { type Account, holdAccount } from '../../core/account/store.ts'
import { addFactor, MOST_OF_A_KIND } from '../../core/factor/change.ts'
import { askToCreate, type Brought, type Offer, readNewPasskey, spendChallenge } from '../../core/factor/passkey.ts'
import { insertPasskey, passkeysOf } from '../../core/factor/passkey-store.ts'
import { type FactorId, factorsOf } from '../../core/factor/store.ts'
import type { Needs as HistoryNeeds } from '../../core/history/history.ts'
import type { Needs as NoticeNeeds } from '../../core/notice/notice.ts'
import type { Session } from '../../core/session/session.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawId } from '../../platform/random.ts'

export type Needs = HistoryNeeds & NoticeNeeds

export const offerPasskey = async (needs: Needs, account: Account): Promise<Offer> =>
  askToCreate(needs, account, needs.brandName, await passkeysOf(needs.db, account.id))

export type PasskeyProblem = 'passkey-refused' | 'too-many-ways'

/** Of the same answer sent twice, the first one counts. */
export async function keepPasskey(
  needs: Needs,
  { account, session }: { account: Account; session: Session },
  brought: Brought,
  origin: Origin,
): Promise<Done | Refused<PasskeyProblem>> {
  const made = await readNewPasskey(needs, account, brought)
  if (!made) return refused('passkey-refused')
  const { challenge, ...facts } = made
  return transact(needs.db, async (tx) => {
    await holdAccount(tx, account.id)
    if (!(await spendChallenge(needs, tx, challenge))) return refused('passkey-refused')
    const there = await factorsOf(tx, account.id)
    if (there.filter(({ kind }) => kind === 'passkey').length >= MOST_OF_A_KIND.passkey) return refused('too-many-ways')
    const id = drawId('fac', needs.random, needs.clock) as FactorId
    await addFactor(needs, tx, { account, session, origin }, { id, kind: 'passkey' })
    if (!(await insertPasskey(tx, { factor_id: id, account_id: account.id, ...facts })))
      throw new Error('an authenticator has made a credential that somebody has')
    return done({})
  })
}
