/**
 * Proving a second factor.
 *
 *   verifySecondFactor: the input is checked ──► take: it is spent by one statement, so that of several at once the first one wins
 */

import type { Actor } from '../../../platform/actor.ts'
import { after } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import type { EventNeeds } from '../../events/emit.ts'
import { factorKinds, isSecondFactor, isSent, type ProofKind } from '../../model/factor/kinds.ts'
import { credentialIn, verifyAuthentication, type WebAuthnResponse } from '../../model/factor/passkey.ts'
import { findPasskey } from '../../model/factor/passkey-store.ts'
import { looksLikeRecoveryCode, recoveryMark } from '../../model/factor/recovery-code.ts'
import { takeRecoveryCode } from '../../model/factor/recovery-code-store.ts'
import { keyOfApp } from '../../model/factor/sealed.ts'
import { type FactorId, markUsed, takeStep } from '../../model/factor/store.ts'
import { stepOfCode } from '../../model/factor/totp.ts'
import { type CodeProblem, takeCode, tryCode } from '../../model/one-time/one-time.ts'
import { type Acr, acrWith, PASSKEY_AMR, satisfies } from '../../model/session/acr.ts'
import type { FactorFigures } from './add-factor.ts'
import { type Factor, MAILBOX, type SecondFactorSubject } from './second-factor-subject.ts'
import { codeEntered, type SentCodeNeeds } from './sent-code.ts'
import { usePasskey } from './use-passkey.ts'

export type ProofNeeds = EventNeeds &
  SentCodeNeeds &
  Parameters<typeof verifyAuthentication>[0] & { figures: FactorFigures }

/** `way`: the id of a factor, or `recovery`. */
export type SecondFactorInput = WebAuthnResponse & { code: string; way: string }

/**
 * `codeSubjectOf`: of the one-time code that was sent to that factor for this sign-in. `first`: nothing was proved before, so that it
 * has to be a passkey with user verification.
 */
export type Occasion = { actor: Actor; first: boolean; codeSubjectOf(id: FactorId): string }

export type FactorProof = {
  kind: ProofKind
  /** The methods that it adds to the session (RFC 8176). */
  amr: readonly string[]
  /** A passkey with user verification: it signs in without a password. */
  userVerified: boolean
  /** Until when it counts as new. */
  coolingOffUntil: Date | undefined
  /** Spends it: true for exactly one caller. */
  take(tx: Tx): Promise<boolean>
}
export type Unproved = Refused<CodeProblem | 'passkey-refused'>
type Read = Done<{ proof: FactorProof }> | Unproved

/** The factors that satisfy the requested `acr`. `ofOurs`: it is requested by a page of ours, where the mailbox may stand in. */
export function factorsSatisfying(asked: Acr, subject: SecondFactorSubject, ofOurs: boolean): SecondFactorSubject {
  const does = (kind: ProofKind): boolean => satisfies(acrWith(kind), asked) || (ofOurs && !!factorKinds[kind].standsIn)
  const factors = subject.factors.filter(({ kind }) => does(kind))
  return { ...subject, factors, recoveryCodes: does('recovery') ? subject.recoveryCodes : 0 }
}

/** Whether it is a second factor, or stands in for one. */
export const provesFactor = ({ kind }: FactorProof): boolean => isSecondFactor(kind) || !!factorKinds[kind].standsIn

export async function verifySecondFactor(
  needs: ProofNeeds,
  subject: SecondFactorSubject,
  typed: SecondFactorInput,
  occasion: Occasion,
): Promise<Read> {
  if (typed.answer !== '') return byPasskey(needs, subject, typed, occasion)
  if (occasion.first) return refused('code-wrong')
  // A recovery code may be typed wherever a code is asked for.
  if (looksLikeRecoveryCode(typed.code)) return byRecoveryCode(needs, subject, typed.code)
  const factor = subject.factors.find(({ id }) => id === typed.way)
  if (!factor) return refused('code-wrong')
  switch (factorKinds[factor.kind].proof) {
    case 'totp':
      return byTotp(needs, factor, typed.code)
    case 'sent-code':
      return bySentCode(needs, subject, factor, typed.code, occasion)
    case 'webauthn':
    case 'recovery-code':
      return refused('code-wrong')
  }
}

/** The proof of a code that was typed. */
const proved = (
  kind: ProofKind,
  coolingOffUntil: Date | undefined,
  take: FactorProof['take'],
): Done<{ proof: FactorProof }> =>
  done({ proof: { kind, amr: factorKinds[kind].amr, userVerified: false, coolingOffUntil, take } })

async function byPasskey(
  needs: ProofNeeds,
  { account, factors }: SecondFactorSubject,
  typed: SecondFactorInput,
  occasion: Occasion,
) {
  const { actor, first } = occasion
  const passkey = await findPasskey(needs, credentialIn(typed.answer))
  if (passkey?.account_id !== account.id) return refused('passkey-refused')
  const proven = await verifyAuthentication(needs, actor.browser, passkey, typed)
  if (!proven || (first && !proven.userVerified)) return refused('passkey-refused')
  const { userVerified } = proven
  const amr = userVerified ? PASSKEY_AMR : factorKinds.passkey.amr
  const coolingOffUntil = factors.find(({ id }) => id === passkey.factor_id)?.coolingOffUntil
  const take = (tx: Tx): Promise<boolean> => usePasskey(needs, tx, passkey, proven, actor)
  return done({ proof: { kind: 'passkey', amr, userVerified, coolingOffUntil, take } as const })
}

function byRecoveryCode(needs: ProofNeeds, { account, codesMadeAt }: SecondFactorSubject, code: string): Read {
  const until = codesMadeAt && after(codesMadeAt, needs.figures.coolingOff)
  const coolingOffUntil = until && until > needs.clock.now() ? until : undefined
  const mark = recoveryMark(account.id, code)
  return proved('recovery', coolingOffUntil, (tx) => takeRecoveryCode(needs, tx, account.id, mark))
}

function byTotp(needs: ProofNeeds, { id, kind, sealedKey, coolingOffUntil }: Factor, code: string): Read {
  const key = keyOfApp(needs, { id, sealedKey })
  const step = key && stepOfCode(key, code, needs.clock.now())
  if (!step) return refused('code-wrong')
  return proved(kind, coolingOffUntil, (tx) => takeStep(tx, id, step, needs.clock.now()))
}

async function bySentCode(
  needs: ProofNeeds,
  { account }: SecondFactorSubject,
  factor: Factor,
  code: string,
  { actor: { network }, codeSubjectOf }: Occasion,
): Promise<Read> {
  if (!isSent(factor)) return refused('code-wrong')
  const { id, kind, coolingOffUntil } = factor
  const subject = codeSubjectOf(id)
  const tried = await tryCode(needs, 'second-step', subject, code)
  if (!tried.ok) return tried
  return proved(kind, coolingOffUntil, async (tx) => {
    if (!(await takeCode(needs, tx, 'second-step', subject, tried.mark))) return false
    await codeEntered(needs, tx, factor, { purpose: 'second-step', account: account.id, network })
    return id === MAILBOX || markUsed(tx, id, needs.clock.now())
  })
}
