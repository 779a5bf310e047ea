/** The passkey of a sign-up: what a browser is asked to make, and what it has made. */

import {
  registrationOptions,
  spendChallenge,
  verifyRegistration,
  type WebAuthnResponse,
} from '../../core/model/factor/passkey.ts'
import { findSignUp, type PendingPasskey, type PendingSignUp, putMade } from '../../core/model/sign-up/store.ts'
import { isCredentialTaken } from '../../core/operations/former-ways/former-factors.ts'
import { postLetter } from '../../core/operations/sign-up-letter.ts'
import type { Journey } from '../../journey/journey.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { type Needs, pendingSignUp, towards } from './rules.ts'

/** Somebody whose browser makes a passkey next. */
export type PasskeySignUp = PendingSignUp & { passkey: PendingPasskey }

export async function askedForPasskey(needs: Needs, journey: Journey): Promise<PasskeySignUp | undefined> {
  const pending = await pendingSignUp(needs, journey)
  return pending?.passkey && !pending.passkey.made ? pending : undefined
}

export const offerPasskey = (needs: Needs, { passkey, ...person }: PasskeySignUp) =>
  registrationOptions(needs, { ...person, id: passkey.account }, needs.brandOf().name, [], 'required')

/** Keeps the passkey that the browser has made, and posts the code. Idempotent: sent again, it changes nothing. */
export async function registerPasskey(
  needs: Needs,
  journey: Journey,
  asked: PasskeySignUp,
  brought: WebAuthnResponse,
): Promise<Done | Refused<'passkey-refused'>> {
  const { account } = asked.passkey
  const read = await verifyRegistration(needs, account, brought, 'required')
  if (!read || (await isCredentialTaken(needs.db, read.credential_id, account))) return refused('passkey-refused')
  const { challenge, ...passkey } = read
  const made = { at: needs.clock.now().toISOString(), passkey }
  return transact(needs.db, async (tx) => {
    if (!(await spendChallenge(needs, tx, challenge))) return refused('passkey-refused')
    if (!(await putMade(tx, journey.id, { account, made }))) return refused('passkey-refused')
    const pending = await findSignUp(tx, journey.id, needs.clock.now()) // another address may have been typed meanwhile
    if (pending) await postLetter(needs, tx, towards(journey), pending)
    return done({})
  })
}
