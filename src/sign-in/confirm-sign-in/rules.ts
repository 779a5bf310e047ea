/**
 * A sign-in with the right password from an unlikely place: before the session begins, the person types a code that went
 * to the mailbox. What was proved waits in the journey, and holds only while the password is the same.
 */

import { emailKey } from '../../core/account/email.ts'
import { type Account, type AccountId, findAccount, holdAccount } from '../../core/account/store.ts'
import { type Needs as EventNeeds, emit } from '../../core/events/emit.ts'
import { isTwoStepOn } from '../../core/factor/two-step.ts'
import { type Happening, happeningOf } from '../../core/notice/notice.ts'
import { type CodeProblem, draw, takeCode, tryCode } from '../../core/one-time/one-time.ts'
import type { HashedPassword } from '../../core/password/hashing.ts'
import { findOwner, holdPassword } from '../../core/password/store.ts'
import { type GuardNeeds, signInConfirmed } from '../../core/protection/guard.ts'
import { countConfirmCode } from '../../core/protection/protection.ts'
import type { Doubt } from '../../core/protection/unfamiliar.ts'
import { rememberHere, type SignedIn } from '../../core/session/copied.ts'
import type { Session } from '../../core/session/session.ts'
import { type Journey, type Needs as JourneyNeeds, journeyFor, proveIdentity } from '../../journey/journey.ts'
import { prove } from '../../journey/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, type Duration, hours, inMinutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { urls } from '../../urls.ts'

export type Needs = JourneyNeeds &
  EventNeeds &
  GuardNeeds & {
    figures: { codeLives: Duration; codeTries: number }
  }

type Doubted = {
  account: AccountId
  hashed: HashedPassword
  why: Doubt
  actor: Actor
  /** The secret that names the browser. */
  browser: string
  journey: Journey | undefined
  to: string | undefined
}

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    /** `forgot`: the page to choose a new password. */
    'confirm-sign-in': Happening & { brand: string; code: string; minutes: number; forgot: string }
  }
}

/** Writes down what was proved, and sends a code; answers the journey that waits for it. */
export async function doubt(needs: Needs, doubted: Doubted): Promise<Journey> {
  const { account, hashed, why, actor } = doubted
  const journey = await journeyFor(needs, doubted)
  const at = needs.clock.now().toISOString()
  await prove(needs, needs.db, journey, { doubted: { account, password: sha256(hashed.hash), at } })
  await transact(needs.db, (tx) =>
    emit(needs, tx, { kind: 'sign-in-doubted', account, facts: { rule: why.rule }, personal: why.inputs }, actor),
  )
  await sendCode(needs, account, journey, actor)
  return journey
}

/** The account too: on one journey a second person may try, to whom the code of the first one says nothing. */
const subjectOf = ({ id }: Account, journey: Journey): string => `${id} ${journey.id}`

async function sendCode(needs: Needs, id: AccountId, journey: Journey, actor: Actor): Promise<void> {
  const { db, figures, outbox, brandName: brand } = needs
  await transact(db, async (tx) => {
    const account = await holdAccount(tx, id) // a change of its address, which ends this code, was before or comes after
    if (!account) return
    if (!(await countConfirmCode({ ...needs, db: tx }, account.id))) return
    const { codeLives: lives, codeTries: tries } = figures
    const { code } = await draw(needs, tx, { purpose: 'confirm', subject: subjectOf(account, journey), lives, tries })
    const forgot = needs.origin + urls.forgot
    const facts = { ...happeningOf(needs, account, actor), brand, code, minutes: inMinutes(lives), forgot }
    const { email: to, language } = account
    await outbox.post(tx, {
      topic: 'mail',
      name: 'confirm-sign-in',
      account: id,
      to,
      language,
      facts,
      usefulFor: lives,
    })
  })
}

/** How long a right password waits for the mailbox: some codes that come late, not a day. */
const CONFIRMED_WITHIN = hours(2)

/** Whose password was right on this journey, and is confirmed now. */
export async function whoConfirms(
  { db, clock }: Needs,
  { proofs: { doubted } }: Journey,
): Promise<Account | undefined> {
  const isOver = !doubted || clock.now() >= after(new Date(doubted.at), CONFIRMED_WITHIN)
  return isOver ? undefined : findAccount(db, doubted.account)
}

/** A new code; the one before stops working. */
export async function resend(needs: Needs, journey: Journey, actor: Actor): Promise<Done | Refused<'nothing-pending'>> {
  const account = await whoConfirms(needs, journey)
  if (!account) return refused('nothing-pending')
  await sendCode(needs, account.id, journey, actor)
  return done({})
}

export type Confirmation = { journey: Journey; actor: Actor; former: Session | undefined }
export type ConfirmOutcome = Done<SignedIn> | Refused<CodeProblem | 'nothing-pending'>

export async function confirm(
  needs: Needs,
  { journey, actor, former }: Confirmation,
  typed: string,
): Promise<ConfirmOutcome> {
  const { db, clock } = needs
  const account = await whoConfirms(needs, journey)
  const { doubted } = journey.proofs
  if (!account || !doubted) return refused('nothing-pending')
  const address = emailKey(account.email)
  const owner = await findOwner(needs, account.email, actor, clock.now())
  const hashed = owner?.hashed
  // A second step that was turned on meanwhile is more than the mailbox: the person signs in again, by it.
  if (!hashed || isTwoStepOn(needs, owner) || sha256(hashed.hash) !== doubted.password)
    return refused('nothing-pending')
  const tried = await tryCode(needs, 'confirm', subjectOf(account, journey), typed)
  if (!tried.ok) return tried
  const begun = await transact(db, async (tx) => {
    if (!(await takeCode(needs, tx, 'confirm', subjectOf(account, journey), tried.mark))) return undefined
    if (!(await holdPassword(tx, account.id, hashed))) return undefined
    const signIn = { account: account.id, methods: ['pwd'], actor, former }
    const session = await proveIdentity(needs, tx, journey, signIn)
    const { trust } = await rememberHere(needs, tx, account.id, actor)
    await emit(needs, tx, { kind: 'signed-in', account: account.id }, actor)
    return { session, trust }
  })
  if (!begun) return refused('nothing-pending')
  await signInConfirmed(needs, address)
  return done(begun)
}
