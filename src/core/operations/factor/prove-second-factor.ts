/**
 * What is brought to the second step, and what it proves: read first, then used up by one statement, so that of all who
 * bring the same the first has it.
 */

import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import type { EventNeeds } from '../../events/emit.ts'
import { type Brought, credentialIn, type Proven, readProof } from '../../model/factor/passkey.ts'
import { findPasskey, type PasskeyRow } from '../../model/factor/passkey-store.ts'
import { looksLikeRecoveryCode, recoveryMark } from '../../model/factor/recovery-code.ts'
import { takeRecoveryCode } from '../../model/factor/recovery-code-store.ts'
import { keyOfApp } from '../../model/factor/sealed.ts'
import { type FactorId, type FactorKind, markUsed, takeStep } from '../../model/factor/store.ts'
import { stepOfCode } from '../../model/factor/totp.ts'
import { type CodeProblem, takeCode, tryCode } from '../../model/one-time/one-time.ts'
import { type Acr, acrWith, PASSKEY_AMR, satisfies } from '../../model/session/acr.ts'
import { type Factor, MAILBOX, type SecondFactorSubject } from './second-factor-subject.ts'
import { type Contact, codeArrived, isSent, type SentCodeNeeds } from './sent-code.ts'
import { usePasskey } from './use-passkey.ts'

export type ProofNeeds = EventNeeds & SentCodeNeeds & Parameters<typeof readProof>[0]

/** `way`: the id of a factor, or another word where a recovery code was asked for. */
export type Typed = Brought & { code: string; way: string }

export type Proof =
  | { kind: 'app'; id: FactorId; step: number }
  | { kind: 'passkey'; passkey: PasskeyRow; proven: Proven }
  | { kind: 'recovery'; mark: string }
  | ({ id: FactorId; subject: string; mark: string } & Contact)

/** The methods of RFC 8176 that go with it. A code to a back-up mailbox lets its owner in, and is none. */
export const methodsOf = (proof: Proof): readonly string[] =>
  proof.kind === 'passkey' && proof.proven.userVerified ? PASSKEY_AMR : METHODS[proof.kind]
const METHODS: Record<FactorKind | 'recovery', readonly string[]> = {
  app: ['otp', 'mfa'],
  passkey: ['pop', 'mfa'],
  recovery: ['otp', 'mfa'],
  text: ['sms', 'mfa'],
  voice: ['tel', 'mfa'],
  email: [],
}

/** Only the ways that prove as much as is asked for. `ofOurs`: by a page of ours, for which the mailbox may stand in. */
export function factorsSatisfying(asked: Acr, prover: SecondFactorSubject, ofOurs: boolean): SecondFactorSubject {
  const reached = ({ kind }: Pick<Proof, 'kind'>): boolean => satisfies(acrWith[kind], asked)
  const factors = prover.factors.filter((factor) => reached(factor) || (ofOurs && factor.id === MAILBOX))
  return { ...prover, factors, recoveryCodes: reached({ kind: 'recovery' }) ? prover.recoveryCodes : 0 }
}

export type Unproved = Refused<CodeProblem | 'passkey-refused'>

/**
 * `subjectOf`: of a code that was sent to that way, for this one occasion. `first`: nothing was proved before it, so that it
 * has to be a passkey that has verified its person.
 */
export async function proofIn(
  needs: ProofNeeds,
  { account, factors }: SecondFactorSubject,
  typed: Typed,
  { browser, first, subjectOf }: { browser: string; first: boolean; subjectOf(id: FactorId): string },
): Promise<Done<{ proof: Proof }> | Unproved> {
  const proved = (proof: Proof) => done({ proof })
  if (typed.answer !== '') {
    const passkey = await findPasskey(needs, credentialIn(typed.answer))
    if (passkey?.account_id !== account.id) return refused('passkey-refused')
    const proven = await readProof(needs, browser, passkey, typed)
    if (!proven || (first && !proven.userVerified)) return refused('passkey-refused')
    return proved({ kind: 'passkey', passkey, proven })
  }
  if (first) return refused('code-wrong')
  // It may be typed wherever a code is asked for.
  if (looksLikeRecoveryCode(typed.code)) return proved({ kind: 'recovery', mark: recoveryMark(account.id, typed.code) })
  const factor = factors.find(({ id }) => id === typed.way)
  if (!factor) return refused('code-wrong')
  if (!isSent(factor)) return appProofIn(needs, factor, typed.code)
  const { id, kind, contact } = factor
  const subject = subjectOf(id)
  const tried = await tryCode(needs, 'second-step', subject, typed.code)
  return tried.ok ? proved({ kind, contact, id, subject, mark: tried.mark }) : tried
}

function appProofIn(needs: ProofNeeds, factor: Factor, code: string): Done<{ proof: Proof }> | Refused<'code-wrong'> {
  const key = keyOfApp(needs, factor)
  const step = key && stepOfCode(key, code, needs.clock.now())
  return step ? done({ proof: { kind: 'app', id: factor.id, step } }) : refused('code-wrong')
}

/** True for exactly one caller. */
export async function useProof(
  needs: ProofNeeds,
  tx: Tx,
  { account }: SecondFactorSubject,
  proof: Proof,
  actor: Actor,
) {
  if (proof.kind === 'app') return takeStep(tx, proof.id, proof.step, needs.clock.now())
  if (proof.kind === 'passkey') return usePasskey(needs, tx, proof.passkey, proof.proven, actor)
  if (proof.kind === 'recovery') return takeRecoveryCode(needs, tx, account.id, proof.mark)
  if (!(await takeCode(needs, tx, 'second-step', proof.subject, proof.mark))) return false
  await codeArrived(needs, tx, proof, {
    purpose: 'second-step',
    account: account.id,
    network: actor.network,
  })
  return proof.id === MAILBOX || markUsed(tx, proof.id, needs.clock.now())
}
