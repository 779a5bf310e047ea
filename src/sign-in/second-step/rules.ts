/**
 * The second step: more than the password, from whoever has set it up.
 *
 *   the password was right ──┐
 *   a page asks for more   ──┴──► a code of the app, or a recovery code ──► a session that has proved both
 *
 * Every try counts before it is looked at, in one counter for all ways of the account. A code is used up by one
 * statement: of all who bring the same one, the first has it.
 */

import { type Brought, credentialIn, type Proven, readProof } from '../../core/factor/passkey.ts'
import { findPasskey, type PasskeyRow } from '../../core/factor/passkey-store.ts'
import { findProver, type Prover } from '../../core/factor/prover.ts'
import { looksLikeRecoveryCode, recoveryMark } from '../../core/factor/recovery.ts'
import { takeRecoveryCode } from '../../core/factor/recovery-store.ts'
import { keyOfApp } from '../../core/factor/sealed.ts'
import { type FactorId, takeStep } from '../../core/factor/store.ts'
import { stepOfCode } from '../../core/factor/totp.ts'
import { usePasskey } from '../../core/factor/use-passkey.ts'
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import { type Needs as NoticeNeeds, notify } from '../../core/notice/notice.ts'
import { holdPassword } from '../../core/password/store.ts'
import { countSignIn, type Needs as GuardNeeds, signInSucceeded, type Trying } from '../../core/protection/guard.ts'
import { rememberBrowser } from '../../core/session/browsers.ts'
import type { Session } from '../../core/session/session.ts'
import {
  fallsShort,
  type Journey,
  type Needs as JourneyNeeds,
  passwordProved,
  proveIdentity,
} from '../../journey/journey.ts'
import { after, days } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'

export type Needs = JourneyNeeds &
  HistoryNeeds &
  NoticeNeeds &
  GuardNeeds & { figures: JourneyNeeds['figures'] & GuardNeeds['figures'] }

/** How long a browser that is remembered skips this step (E6). */
export const REMEMBERED_FOR = days(30)
/** Wrong codes in a row, after a right password, of which the mailbox is told. */
const TOLD_AT = 3

/** In the place of a factor's id: a recovery code. */
export const RECOVERY = 'recovery'

/** Where somebody stands at the second step. `session`: the one they have already. */
export type Standing = { journey: Journey; session: Session | undefined; origin: Origin }

/** Who has to prove more on this journey; undefined when nobody has, or when the password was changed meanwhile. */
export async function whoProves(needs: Needs, { journey, session, origin }: Standing): Promise<Prover | undefined> {
  const password = passwordProved(needs, journey)
  const account = password?.account ?? (session && fallsShort(needs, journey, session) ? session.account : undefined)
  const prover = account && (await findProver(needs.db, account, origin.browser, needs.clock.now()))
  if (!prover || prover.account.blockedAt || prover.factors.length === 0) return undefined
  if (password && (!prover.hash || sha256(prover.hash) !== password.password)) return undefined
  return prover
}

/** `way`: the id of a factor, or another word where a recovery code was asked for. */
export type Typed = Brought & { code: string; way: string; remember: boolean }
export type SecondStepProblem = 'code-missing' | 'code-wrong' | 'code-used' | 'too-many' | 'passkey-refused'

export async function takeSecondStep(
  needs: Needs,
  standing: Standing,
  prover: Prover,
  typed: Typed,
): Promise<Done<{ session: string }> | Refused<SecondStepProblem>> {
  const byPasskey = typed.answer !== ''
  if (!byPasskey && typed.code.trim() === '') return refused('code-missing')
  const { origin } = standing
  const who: Trying = {
    address: `second step of ${prover.account.id}`,
    network: origin.network,
    browser: prover.familiar ? origin.browser : '',
  }
  const counted = await countSignIn(needs, who)
  if (!counted) return refused('too-many')
  const proof = await (byPasskey ? passkeyIn(needs, standing, prover, typed) : proofIn(needs, prover, typed))
  if (!proof) {
    await tellOfWrongCode(needs, prover, origin, counted.failures)
    return refused(byPasskey ? 'passkey-refused' : 'code-wrong')
  }
  const session = await begin(needs, standing, prover, proof, typed.remember)
  if (session === undefined) return refused(byPasskey ? 'passkey-refused' : 'code-used')
  await signInSucceeded(needs, who)
  return done({ session })
}

type Proof =
  | { kind: 'app'; id: FactorId; step: number }
  | { kind: 'passkey'; passkey: PasskeyRow; proven: Proven }
  | { kind: 'recovery'; mark: string }

/** What the answer of an authenticator proves: one of this account's. Where nothing was before it, it has to be two proofs. */
async function passkeyIn(needs: Needs, at: Standing, { account }: Prover, typed: Typed): Promise<Proof | undefined> {
  const passkey = await findPasskey(needs.db, credentialIn(typed.answer))
  if (passkey?.account_id !== account.id) return undefined
  const proven = await readProof(needs, at.origin.browser, passkey, typed)
  if (!proven || (provedBefore(needs, at).length === 0 && !proven.userVerified)) return undefined
  return { kind: 'passkey', passkey, proven }
}

/** By which methods somebody has come here. */
const provedBefore = (needs: Needs, { journey, session }: Standing): readonly string[] =>
  passwordProved(needs, journey) ? ['pwd'] : (session?.methods ?? [])

/** What the typed code proves. A recovery code may be typed wherever a code is asked for. */
function proofIn(needs: Needs, { account, factors }: Prover, { code, way }: Typed): Proof | undefined {
  if (looksLikeRecoveryCode(code)) return { kind: 'recovery', mark: recoveryMark(account.id, code) }
  const factor = factors.find(({ id }) => id === way)
  const key = factor && keyOfApp(needs, factor)
  const step = key && stepOfCode(key, code, needs.clock.now())
  return factor && step ? { kind: 'app', id: factor.id, step } : undefined
}

function take(needs: Needs, tx: Tx, { account }: Prover, proof: Proof, origin: Origin): Promise<boolean> {
  if (proof.kind === 'app') return takeStep(tx, proof.id, proof.step, needs.clock.now())
  if (proof.kind === 'passkey') return usePasskey(needs, tx, proof.passkey, proof.proven, origin)
  return takeRecoveryCode(tx, account.id, proof.mark)
}

const methodsOf = (proof: Proof): string[] =>
  proof.kind === 'passkey' ? (proof.proven.userVerified ? ['pop', 'user'] : ['pop']) : ['otp']

/** Starts the session, unless the code was used already, or the password was changed meanwhile. */
const begin = (needs: Needs, standing: Standing, prover: Prover, proof: Proof, remember: boolean) =>
  transact(needs.db, async (tx) => {
    const { account, hash } = prover
    const { journey, session: former, origin } = standing
    const byPassword = passwordProved(needs, journey) !== undefined
    if (byPassword && !(hash && (await holdPassword(tx, account.id, { hash })))) return undefined
    if (!(await take(needs, tx, prover, proof, origin))) return undefined
    const methods = [...new Set([...provedBefore(needs, standing), ...methodsOf(proof), 'mfa'])]
    const secret = await proveIdentity(needs, tx, journey, {
      account: account.id,
      methods,
      factor: true,
      origin,
      former,
    })
    const now = needs.clock.now()
    await rememberBrowser(tx, account.id, origin, now, remember ? after(now, REMEMBERED_FOR) : undefined)
    await record(needs, tx, { kind: 'signed-in', account: account.id, origin })
    if (proof.kind === 'recovery') await tellOfRecovery(needs, tx, prover, origin)
    return secret
  })

async function tellOfRecovery(needs: Needs, tx: Tx, { account, recoveryCodes }: Prover, origin: Origin): Promise<void> {
  await record(needs, tx, { kind: 'recovery-code-used', account: account.id, origin })
  await notify(needs, tx, {
    account: account.id,
    name: 'recovery-code-used',
    origin,
    facts: { left: recoveryCodes - 1 },
  })
}

const tellOfWrongCode = (needs: Needs, { account }: Prover, origin: Origin, failures: number): Promise<void> =>
  transact(needs.db, async (tx) => {
    await record(needs, tx, { kind: 'second-step-refused', account: account.id, origin })
    if (failures === TOLD_AT) await notify(needs, tx, { account: account.id, name: 'second-step-refused', origin })
  })
