/**
 * A successful sign-in, whatever proved it: a session starts, its journey knows, the browser is remembered, and the audit log has it.
 * Written here once; what the browser is given is `keepSignedIn` (frame.ts).
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { type SessionNeeds, type SignIn, startSession } from '../../core/model/session/session.ts'
import { rememberHere, type SignedIn } from '../../core/operations/session/trusted-browser.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Journey, Proofs } from '../journey.ts'
import { nowOf, writeProgress } from '../store.ts'

type SignInNeeds = SessionNeeds & EventNeeds

/** `skipsUntil`: the browser skips the second step until then. */
type Succeeded = SignIn & { skipsUntil?: Date | undefined }

export async function completeSignIn(
  needs: SignInNeeds,
  tx: Tx,
  journey: Journey | undefined,
  { skipsUntil, ...signIn }: Succeeded,
  kind: 'signed-in' | 'account-created' = 'signed-in',
): Promise<SignedIn> {
  const { account, actor } = signIn
  const { id: session, uid } = await startSession(needs, tx, signIn)
  if (journey) await writeIdentity(needs, tx, journey, signIn, uid)
  const { trust } = await rememberHere(needs, tx, account, actor, skipsUntil)
  await emit(needs, tx, { kind, account }, actor)
  return { session, trust }
}

/** A factor alone, on top of a session, is no new sign-in (`since`). */
async function writeIdentity(
  needs: SignInNeeds,
  tx: Tx,
  journey: Journey,
  { account, since }: SignIn,
  sessionUid: string,
) {
  const { doubted: _doubted, password: _password, ...mine } = journey.proofs
  const before: Proofs = journey.account === account ? mine : { offerPasskey: !!mine.offerPasskey }
  const { consent: _consent, ...kept } = since === undefined ? { ...before, identity: nowOf(needs) } : before
  await writeProgress(needs, tx, journey, { proofs: kept, account, sessionUid })
}
