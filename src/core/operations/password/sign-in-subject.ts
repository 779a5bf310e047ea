/** Who signs in with an address: the account, its password, and whether it knows the browser. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/database/db.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import type { Email } from '../../model/account/email.ts'
import { type AccountId, idByEmail } from '../../model/account/store.ts'
import { isByPhone } from '../../model/factor/kinds.ts'
import { kindsOf } from '../../model/factor/store.ts'
import { isFirstUse } from '../../model/password/first-use.ts'
import type { HashedPassword } from '../../model/password/hashing.ts'
import { everyPassword, hashedOf } from '../../model/password/store.ts'
import { type Acr, maxAcrOf } from '../../model/session/acr.ts'
import type { Here } from '../../model/session/browsers.ts'
import { type DeviceTrust, deviceTrustOf } from '../../model/session/device-trust.ts'
import { isSkipped } from '../../model/session/skips.ts'

/** `blocked`: by the operator. `maxAcr`: `pwd` where there is no second factor. */
export type SignInSubject = {
  id: AccountId
  hashed: HashedPassword | undefined
  blocked: boolean
  passkeyPutOffAt: Date | null
  maxAcr: Acr
  staffSince: Date | null
  twoStepSince: Date | null
  /** There is a number to which codes are sent. */
  hasNumber: boolean
  trust: DeviceTrust
  /** Of the password: nobody has signed in since its person has shown that they read the mailbox. */
  firstUse: boolean
}

/** One statement, whether there is an account or not; undefined where there is none. */
export async function findSignInSubject(
  needs: { db: Db; keyring: Keyring },
  email: Email,
  here: Here,
  now: Date,
): Promise<SignInSubject | undefined> {
  const { db } = needs
  const id = sql.ref('person.id')
  const row = await db
    .selectFrom(idByEmail(db, email).as('person'))
    .leftJoin(everyPassword(db).as('password'), 'account_id', 'person.id')
    .leftJoinLateral(deviceTrustOf(id, here, now).as('trust'), (join) => join.onTrue())
    .select(['person.id', 'person.blocked_at', 'person.passkey_put_off_at'])
    .select(['person.staff_since', 'person.two_step_since', 'hash', 'pepper_id', 'sealed_facts', 'password.mac'])
    .select('first_use')
    .select(['trust.known', 'trust.skips', 'trust.copied', 'trust.user_agent', 'trust.seen'])
    .select(kindsOf(id).as('kinds'))
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    hashed: hashedOf(row.id, row),
    blocked: row.blocked_at !== null,
    passkeyPutOffAt: row.passkey_put_off_at,
    maxAcr: maxAcrOf(row.kinds ?? []),
    staffSince: row.staff_since,
    twoStepSince: row.two_step_since,
    hasNumber: (row.kinds ?? []).some(isByPhone),
    trust: {
      known: !!row.known,
      skipsSecondFactor: isSkipped(needs, row.id, here.browser, row.skips, now),
      copied: !!row.copied,
      userAgent: row.user_agent ?? undefined,
      seen: row.seen ?? [],
    },
    firstUse: isFirstUse(needs, { account: row.id, hash: row.hash ?? '' }, row.first_use),
  }
}
