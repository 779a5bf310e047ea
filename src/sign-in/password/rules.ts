/**
 * Signing in with an address and a password.
 *
 *   count the try ──► find the account ──► compare ──► a session, or one and the same refusal
 *
 * An unknown address, a wrong password, too many tries and the operator's block are the same refusal after the same work: the try is
 * counted first, a hash is compared in any case, and the refusal is written down in any case. A password that was
 * changed while it was compared is the old one.
 */
import { type EmailProblem, emailKey, parseEmail } from '../../core/account/email.ts'
import type { AccountId } from '../../core/account/store.ts'
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import type { Hashing } from '../../core/password/hashing.ts'
import { preparePassword } from '../../core/password/policy.ts'
import { findOwner, holdPassword, setPassword } from '../../core/password/store.ts'
import {
  countSignIn,
  type Needs as ProtectionNeeds,
  signInSucceeded,
  type Who,
} from '../../core/protection/protection.ts'
import type { Session } from '../../core/session/session.ts'
import { type Journey, type Needs as JourneyNeeds, proveIdentity } from '../../journey/journey.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = JourneyNeeds & HistoryNeeds & ProtectionNeeds & { hashing: Hashing }

export type Attempt = {
  email: string
  password: string
  origin: Origin
  journey: Journey | undefined
  /** The session this browser has already, if any: it is renewed, or ends where somebody else signs in. */
  former: Session | undefined
}
/** `session` is the secret for the cookie. */
export type SignInOutcome = Done<{ session: string }> | Refused<EmailProblem | 'password-missing' | 'not-recognised'>

export async function signIn(needs: Needs, attempt: Attempt): Promise<SignInOutcome> {
  const parsed = parseEmail(attempt.email)
  if (!parsed.ok) return parsed
  if (attempt.password === '') return refused('password-missing')
  const who: Who = { address: emailKey(parsed.email), network: attempt.origin.network }
  if (!(await countSignIn(needs, who))) return refused('not-recognised')

  const { db, clock, hashing } = needs
  const password = preparePassword(attempt.password)
  const owner = await findOwner(db, parsed.email)
  const { fits, stale } = await hashing.check(password, owner?.hashed)
  if (!owner?.hashed || !password || !fits || owner.blocked) return refuse(needs, attempt, owner?.id)

  const { id: account, hashed } = owner
  const renewed = stale ? await hashing.make(password) : undefined
  const session = await transact(db, async (tx) => {
    if (!(await holdPassword(tx, account, hashed))) return undefined
    if (renewed) await setPassword(tx, account, renewed, clock.now())
    const { origin, journey, former } = attempt
    const secret = await proveIdentity(needs, tx, journey, { account, methods: ['pwd'], origin, former })
    await record(needs, tx, { kind: 'signed-in', account, origin })
    return secret
  })
  if (session === undefined) return refuse(needs, attempt, account)
  await signInSucceeded(needs, who)
  return done({ session })
}

async function refuse(needs: Needs, { origin }: Attempt, account: AccountId | undefined) {
  await transact(needs.db, (tx) => record(needs, tx, { kind: 'sign-in-refused', ...(account && { account }), origin }))
  return refused('not-recognised')
}
