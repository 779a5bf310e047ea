/** The account at the second step, its password, its factors, and what is known of the browser: read by one statement. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/database/db.ts'
import { isOurs } from '../../../platform/secrets/bound-row.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import { type Email, isSameMailbox } from '../../model/account/email.ts'
import { type Account, type AccountId, accountById, fromRow } from '../../model/account/store.ts'
import { factorKinds, type ProofKind } from '../../model/factor/kinds.ts'
import { codesLeftOf, codesMadeAt } from '../../model/factor/recovery-code-store.ts'
import { boundFactor, type FactorId, factorsAsOne, isCoolingOff, secondFactors } from '../../model/factor/store.ts'
import { knownOfPasswords } from '../../model/password/store.ts'
import type { Here } from '../../model/session/browsers.ts'
import { deviceTrustOf } from '../../model/session/device-trust.ts'
import { hadSecondFactor } from '../former-ways/former-factors.ts'

export type Factor = {
  id: FactorId
  kind: ProofKind
  name: string
  sealedKey: string | null
  /** Where its code is sent: a number (E.164), or an address. */
  contact: string
  coolingOffUntil: Date | undefined
}

/**
 * In the place of a factor's id: the mailbox of the account, which stands in where all second factors are new. Otherwise somebody
 * who knows the password for a minute could add one, and keep the owner out.
 */
export const MAILBOX = 'mailbox' as FactorId
export type SecondFactorSubject = {
  account: Account
  /** The hash of the password, where there is one. */
  hash: string | undefined
  /** The one used last comes first. Rows without the mark of this service are left out. */
  factors: readonly Factor[]
  recoveryCodes: number
  codesMadeAt: Date | null
  /** One of the second factors was not added lately. */
  hasOlder: boolean
  /** The person has signed in in this browser before. A link to unblock, which the mailbox has, is not enough here. */
  signedInBefore: boolean
}

export async function findSecondFactorSubject(
  needs: { db: Db; keyring: Keyring },
  id: AccountId,
  here: Here,
  now: Date,
): Promise<SecondFactorSubject | undefined> {
  const { db } = needs
  const owner = sql.ref('person.id')
  const row = await db
    .selectFrom(accountById(db, id).as('person'))
    .leftJoin(knownOfPasswords(db).as('password'), 'owner', 'person.id')
    .leftJoinLateral(deviceTrustOf(owner, here, now).as('trust'), (join) => join.onTrue())
    .leftJoinLateral(factorsAsOne(owner).as('ways'), (join) => join.onTrue())
    .selectAll('person')
    .select(['hash', 'trust.used', 'ways.factors'])
    .select([
      codesLeftOf(owner).as('codes'),
      codesMadeAt(owner).as('codes_made_at'),
      hadSecondFactor(owner).as('had_second_step'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const account = fromRow(row)
  const kept = (row.factors ?? []).filter((factor) => isOurs(needs, boundFactor, factor))
  const factors = kept.map(({ id, kind, name, sealed_key: sealedKey, contact, ...factor }): Factor => {
    const until = factor.cooling_off_until
    const coolingOffUntil = until !== null && isCoolingOff(until, now) ? new Date(until) : undefined
    return { id, kind, name, sealedKey, contact: contact ?? '', coolingOffUntil }
  })
  const hasOlder = secondFactors(factors).some(({ coolingOffUntil }) => !coolingOffUntil)
  const isAllNew = !row.had_second_step && !hasOlder
  return {
    account,
    hash: row.hash ?? undefined,
    factors: [...factors.filter((factor) => !isOwnMailbox(factor, account)), ...(isAllNew ? [mailboxOf(account)] : [])],
    recoveryCodes: row.codes,
    codesMadeAt: row.codes_made_at,
    hasOlder,
    signedInBefore: !!row.used,
  }
}

const mailboxOf = ({ email }: Account): Factor => ({
  id: MAILBOX,
  kind: 'mailbox',
  name: '',
  sealedKey: null,
  contact: email,
  coolingOffUntil: undefined,
})

/** Whether a back-up address is by now the mailbox of the account, which can reset the password already. */
export const isOwnMailbox = (
  { kind, contact }: { kind: ProofKind; contact: string | null },
  { email }: Pick<Account, 'email'>,
): boolean => factorKinds[kind].channel === 'mail' && isSameMailbox((contact ?? '') as Email, email)
