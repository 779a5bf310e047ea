/**
 * Signing in with a passkey alone: the authenticator has it, and has verified the person (a finger, a face, a PIN), which
 * are two proofs. No address is typed: the passkey says whose it is. Tries are not counted: there is nothing to guess, and
 * a whole office may sign in from one network.
 */
import { holdAccount } from '../../core/model/account/store.ts'
import { credentialIn, verifyAuthentication, type WebAuthnResponse } from '../../core/model/factor/passkey.ts'
import { findPasskey } from '../../core/model/factor/passkey-store.ts'
import { coolingOffOf } from '../../core/model/factor/store.ts'
import { PASSKEY_AMR } from '../../core/model/session/acr.ts'
import type { Session } from '../../core/model/session/session.ts'
import { usePasskey } from '../../core/operations/factor/use-passkey.ts'
import type { SignedIn } from '../../core/operations/session/trusted-browser.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import type { Journey } from '../../journey/journey.ts'
import { completeSignIn } from '../../journey/signing-in/complete.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Attempt = WebAuthnResponse & { journey: Journey | undefined; former: Session | undefined; actor: Actor }

export async function signInByPasskey(
  needs: JourneyNeeds,
  { sealed, answer, journey, former, actor }: Attempt,
): Promise<Done<SignedIn> | Refused<'passkey-refused'>> {
  const { db } = needs
  const passkey = await findPasskey(needs, credentialIn(answer))
  const proven = passkey && (await verifyAuthentication(needs, actor.browser, passkey, { sealed, answer }))
  if (!passkey || !proven?.userVerified) return refused('passkey-refused')
  const begun = await transact(db, async (tx) => {
    const account = await holdAccount(tx, passkey.account_id)
    if (!account || account.blockedAt) return undefined
    if (!(await usePasskey(needs, tx, passkey, proven, actor))) return undefined
    const coolingOff = await coolingOffOf(tx, passkey.factor_id, needs.clock.now())
    const signIn = { account: account.id, methods: [...PASSKEY_AMR], factor: true, coolingOff, actor, former }
    return completeSignIn(needs, tx, journey, signIn)
  })
  return begun ? done(begun) : refused('passkey-refused')
}
