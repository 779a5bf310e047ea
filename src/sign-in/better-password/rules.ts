/**
 * A password that falls short of today's standard is let in, and then another is asked for: for a time it may be put
 * off, once in a session; then not any more. Nobody is locked out.
 */
import type { Account } from '../../core/model/account/store.ts'
import { betterPasswordBy } from '../../core/model/password/policy/policy-cache.ts'
import type { Session } from '../../core/model/session/session.ts'
import { markLater } from '../../core/model/session/store.ts'
import {
  type ChangeOutcome,
  changePassword,
  type PasswordChangeNeeds,
} from '../../core/operations/password/change-password.ts'
import type { Actor } from '../../platform/actor.ts'
import { between, minutes } from '../../platform/clock.ts'

/** How long after the sign-in the password counts as just typed (K2). */
const JUST_TYPED = minutes(10)
/** So lately must more than a password have been proved, where there is more (E8): a browser that skips it is not enough. */
export const FACTOR_WITHIN = minutes(10)

/** `until`: it may be put off so long, if at all. `asksCurrent`: the password of now was not typed lately. */
export type Short = { why: 'too-short' | 'guessable'; until: Date | undefined; asksCurrent: boolean }

/** In what the password of that session falls short; undefined where it does not. */
export function shortOf({ policies, clock }: PasswordChangeNeeds, session: Session): Short | undefined {
  const by = betterPasswordBy(policies, session)
  if (!by || !session.password) return undefined
  const now = clock.now()
  return {
    why: session.password.length < policies.current().minLength ? 'too-short' : 'guessable',
    until: by > now ? by : undefined,
    asksCurrent: between(session.authenticatedAt, now).ms > JUST_TYPED.ms || session.coolingOffUntil !== undefined,
  }
}

/** Not asked again in this session until the time is up; after that it changes nothing. */
export const putOff = ({ db, clock }: PasswordChangeNeeds, session: Session): Promise<void> =>
  markLater(db, session.uid, 'better_password_later_at', clock.now())

export type Better = {
  account: Account
  session: Session
  current: string
  password: string
  again: string
  actor: Actor
}

export const chooseBetter = (
  needs: PasswordChangeNeeds,
  { asksCurrent }: Short,
  better: Better,
): Promise<ChangeOutcome> => changePassword(needs, { ...better, current: asksCurrent ? better.current : undefined })
