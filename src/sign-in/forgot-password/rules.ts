/**
 * Asking for a new password. The request does the same for every address: it posts a job. Whether the address has an
 * account is looked up when the job runs, and only then is there a link, and a letter.
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { happeningOf } from '../../core/events/notice.ts'
import { type AdmissionNeeds, admitRequest } from '../../core/limits/admission.ts'
import type { Proof } from '../../core/limits/challenge.ts'
import { type LetterNeeds, type MailQuota, reserveMailQuota } from '../../core/limits/letter-limits.ts'
import {
  type FormerAddress,
  formersOfEmail,
  isClaimed,
  leftAt,
  UNDOABLE_FOR,
} from '../../core/model/account/addresses.ts'
import { type Email, type EmailProblem, emailKey, parseEmail } from '../../core/model/account/email.ts'
import { type AccountId, findAccountByEmail, holdAccount, holdAccountByEmail } from '../../core/model/account/store.ts'
import type { Brand } from '../../core/model/brand/brand.ts'
import { passkeysOf } from '../../core/model/factor/passkey-store.ts'
import { draw, lifeLeft } from '../../core/model/one-time/one-time.ts'
import type { Policies } from '../../core/model/password/policy/policy-cache.ts'
import { findPassword } from '../../core/model/password/store.ts'
import type { ProductId } from '../../core/model/product/product.ts'
import { isKnownBrowser } from '../../core/model/session/browsers.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { type Journey, productOf } from '../../journey/journey.ts'
import { type Actor, system } from '../../platform/actor.ts'
import { between, type Duration, days, inDays, inMinutes } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Message } from '../../platform/outbox/outbox.ts'
import { type Done, done, type Refused } from '../../platform/outcome.ts'
import { at, urls } from '../../urls.ts'

export type Needs = EventNeeds &
  AdmissionNeeds &
  LetterNeeds & {
    policies: Policies
    figures: { resetLives: Duration }
  }

const NOBODY = '' as AccountId

/** `journey`, towards `product`: what the person was on the way to, so that it can go on after the reset. */
export type ResetLetterJob = { email: Email; journey: string | undefined; product: ProductId | undefined; actor: Actor }
declare module '../../platform/outbox/outbox.ts' {
  interface Jobs {
    'reset-letter': ResetLetterJob
  }
  interface Letters {
    /** `first`: there is no password yet, but a passkey; `asked`: which two-step verification asks for. */
    'reset-link': { brand: Brand; link: string; minutes: number; first: boolean; asked: boolean }
  }
}
export type AskOutcome = Done<{ email: Email }> | Refused<EmailProblem | 'not-proven'>

export async function askForReset(
  needs: Needs,
  typed: string,
  journey: Journey | undefined,
  actor: Actor,
  proof: Proof,
): Promise<AskOutcome> {
  const parsed = parseEmail(typed)
  if (!parsed.ok) return parsed
  const { db, clock } = needs
  const { network } = actor
  const asking = { what: 'reset', address: emailKey(parsed.email), network } as const
  const isTrusted = async () => {
    const account = await findAccountByEmail(db, parsed.email)
    return isKnownBrowser(db, account?.id ?? NOBODY, actor, clock.now()) // the same work for both
  }
  const admitted = await admitRequest(needs, asking, actor, proof, isTrusted)
  if (!admitted.ok) return admitted
  const facts: ResetLetterJob = { email: parsed.email, journey: journey?.id, product: productOf(journey), actor }
  await transact(needs.db, (tx) => needs.outbox.post(tx, letterJob(needs, facts)))
  return done({ email: parsed.email })
}

const letterJob = ({ figures }: Needs, facts: ResetLetterJob): Message<'job'> => ({
  topic: 'job',
  name: 'reset-letter',
  account: null, // whose address it is, if anybody's, is looked up when it runs
  facts,
  usefulFor: figures.resetLives,
})

/**
 * Draws the link, which ends the one before, and writes the letter; for an unknown address, nothing. A flood of requests
 * from elsewhere does not use up the letters of a browser in which the owner has signed in before.
 */
export async function writeResetLetter(needs: Needs, tx: Tx, job: ResetLetterJob): Promise<void> {
  const { email, journey, actor } = job
  const account = await holdAccountByEmail(tx, email)
  const known = account && (await isKnownBrowser(tx, account.id, actor, needs.clock.now()))
  const to = { address: emailKey(email), browser: known ? actor.browser : undefined, kind: 'reset' } as const
  const quota = await reserveMailQuota(needs, tx, to, letterJob(needs, job))
  if (!quota) return
  if (!account) return writeUndoLetters(needs, tx, email)
  if (await isClaimed(tx, account, needs.clock.now())) return // the mailbox that had the account first decides
  const { outbox } = needs
  const brand = needs.brandOf(job.product)
  const lives = await lifeOf(needs, tx, account.id, quota)
  const { link } = await draw(needs, tx, { purpose: 'reset', subject: account.id, lives, tries: 0 })
  const first = !(await findPassword(tx, account.id)) && (await passkeysOf(tx, account.id)).length > 0
  const asked = first && isTwoStepOn(needs, { ...account, maxAcr: 'phr' })
  await emit(needs, tx, { kind: 'password-reset-asked', account: account.id }, actor)
  await outbox.post(tx, {
    topic: 'mail',
    name: 'reset-link',
    account: account.id,
    to: account.email,
    language: account.language,
    facts: { brand, link: needs.origin + at(urls.reset, { link, journey }), minutes: inMinutes(lives), first, asked },
    reference: `reset ${account.id}`,
    usefulFor: lives,
  })
}

/** A mailbox that was an account's address until recently gets the undo link again: the first letter may be lost. */
async function writeUndoLetters(needs: Needs, tx: Tx, email: Email): Promise<void> {
  for (const former of await formersOfEmail(tx, email, needs.clock.now())) await writeUndoLetter(needs, tx, former)
}

async function writeUndoLetter(needs: Needs, tx: Tx, former: FormerAddress): Promise<void> {
  const { clock, outbox } = needs
  const brand = needs.brandOf()
  const account = await holdAccount(tx, former.account_id)
  if (!account) return
  const lives = between(clock.now(), former.undoable_until)
  const subject = `${account.id} ${former.id}`
  // The link works until `undoable_until`; the secret always gets the full life, from which the age of the letter is computed.
  const secret = { purpose: 'undo-email', subject, lives: UNDOABLE_FOR, tries: 0 } as const
  const { link } = await draw(needs, tx, secret)
  const happening = { ...happeningOf(needs, account, system), at: leftAt(former).toISOString() }
  await outbox.post(tx, {
    topic: 'mail',
    name: 'email-changed-undo',
    account: account.id,
    to: former.email,
    language: account.language,
    facts: { ...happening, brand, link: needs.origin + at(urls.undo, { link }), days: Math.max(1, inDays(lives)) },
    usefulFor: lives,
  })
}

/** As long as no further letter may go (NIST SP 800-63B-4, 4.2.1.2: a day at most). It never ends one that lives longer. */
async function lifeOf(needs: Needs, tx: Tx, account: AccountId, { isReserve }: MailQuota): Promise<Duration> {
  const usual = isReserve ? days(1) : needs.figures.resetLives
  const left = await lifeLeft(needs, tx, 'reset', account)
  return left.ms > usual.ms ? left : usual
}
