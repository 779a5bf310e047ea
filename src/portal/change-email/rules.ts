/**
 * Changing the address of an account.
 *
 *   ask ──► the new address waits, a code goes to it ──► the code, or its link ──► the new address; sign in with it
 *
 * Until the code is right nothing changes. Whether the new address has an account already is looked up when the letter
 * is written, never while a page waits: only its mailbox learns that. The former mailbox can undo the change for a week;
 * no code from it is needed, for it may be lost.
 */

import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import { type Happening, happeningOf } from '../../core/events/notice.ts'
import { count } from '../../core/limits/counters/count.ts'
import type { LimitFigures } from '../../core/limits/counters/limits.ts'
import { type LetterNeeds, reserveMailQuota } from '../../core/limits/letter-limits.ts'
import {
  deletePendingEmail,
  findPendingEmail,
  type PendingEmail,
  putFormerAddress,
  putPendingEmail,
  UNDOABLE_FOR,
} from '../../core/model/account/addresses.ts'
import { type Email, type EmailProblem, emailKey, parseEmail } from '../../core/model/account/email.ts'
import {
  type Account,
  type AccountId,
  AddressTaken,
  findAccount,
  findAccountByEmail,
  holdAccount,
} from '../../core/model/account/store.ts'
import type { Brand } from '../../core/model/brand/brand.ts'
import { type CodeProblem, draw, drawNone, lookAtLink } from '../../core/model/one-time/one-time.ts'
import { addressIsManaged } from '../../core/model/product/store.ts'
import {
  type CodeFacts,
  drawForLetter,
  drawNoneForLetter,
  endLetterCode,
  linkTakes,
  resetMailLimits,
  type Take,
  tryLetterCode,
} from '../../core/operations/letter-code.ts'
import { moveAddress } from '../../core/operations/move-address.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, type Duration, inDays, inMinutes } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import type { Message } from '../../platform/outbox/outbox.ts'
import { recipientProved } from '../../platform/outbox/store.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawId } from '../../platform/random.ts'
import { at, urls } from '../../urls.ts'

export type Figures = { codeLives: Duration } & LimitFigures<'change-email-codes' | 'code-tries'>
export type Needs = AccountNeeds &
  LetterNeeds & {
    emailChange: boolean
    figures: Figures
  }

/** Whether the person changes the address, and not the operator, or a product that looks after it. */
export const mayChange = async ({ db, emailChange }: Needs, account: Account): Promise<boolean> =>
  emailChange && !account.emailFixed && !(await addressIsManaged(db, account.id))

export type AskOutcome = Done | Refused<EmailProblem | 'too-many' | 'not-yours-to-change'>

/** Takes a new address. Asking again puts another in its place, and the code of before stops working. */
export async function askToChange(needs: Needs, account: Account, typed: string, actor: Actor): Promise<AskOutcome> {
  const parsed = parseEmail(typed)
  if (!parsed.ok) return parsed
  if (!(await mayChange(needs, account))) return refused('not-yours-to-change')
  return send(needs, account, { email: parsed.email, browser: actor.browser }, actor)
}

/** A new code; the one before stops working. */
export async function resendCode(
  needs: Needs,
  account: Account,
  actor: Actor,
): Promise<Done | Refused<'nothing-pending' | 'too-many'>> {
  const pending = await pendingEmail(needs, account.id)
  return pending ? send(needs, account, pending, actor) : refused('nothing-pending')
}

/** The job that writes one of the two letters to the new address. */
export type ChangeLetterJob = { account: AccountId; email: Email; language: Language }
declare module '../../platform/outbox/outbox.ts' {
  interface Jobs {
    'email-change-letter': ChangeLetterJob
  }
  interface Letters {
    'email-change-code': CodeFacts
    /** `own`: of the account itself. */
    'email-change-tried': { brand: Brand; own: boolean }
    'email-changed-undo': Happening & { brand: Brand; link: string; days: number }
  }
}

/** By which the delivery of the letters is found. */
export const referenceOf = (account: AccountId): string => `email change ${account}`

const codeFor = ({ figures: { codeLives: lives, limits } }: Needs, subject: AccountId) =>
  ({ purpose: 'change-email', subject, lives, tries: limits['code-tries'] }) as const

const letterJob = ({ figures }: Needs, facts: ChangeLetterJob): Message<'job'> => ({
  topic: 'job',
  name: 'email-change-letter',
  account: facts.account,
  facts,
  usefulFor: figures.codeLives,
})

async function send(needs: Needs, { id: account, language }: Account, pending: PendingEmail, actor: Actor) {
  if (!(await count(needs, 'change-email-codes', account))) return refused('too-many')
  const { db, clock, figures, outbox } = needs
  await transact(db, async (tx) => {
    await holdAccount(tx, account) // no letter is written meanwhile, whose code would prove this address
    const former = await findPendingEmail(tx, account, clock.now())
    // Ends the code that may have gone to another address. There is none until the letter brings it.
    if (former?.email !== pending.email) await drawNone(needs, tx, codeFor(needs, account))
    await putPendingEmail(tx, account, pending, after(clock.now(), figures.codeLives))
    await outbox.post(tx, letterJob(needs, { account, language, email: pending.email }))
    if (former?.email !== pending.email) await emit(needs, tx, { kind: 'email-change-asked', account }, actor)
  })
  return done({})
}

/**
 * Draws the code, and writes the letter that tells the mailbox the truth: the code, or what was tried with an address
 * that has an account. Both or neither: while no letter may go, the code of the one before goes on working. A request
 * that corrects the address meanwhile waits for the lock, and then ends the code drawn here.
 */
export async function writeChangeLetter(needs: Needs, tx: Tx, job: ChangeLetterJob): Promise<void> {
  const { account, email, language } = job
  await holdAccount(tx, account)
  const pending = await findPendingEmail(tx, account, needs.clock.now())
  if (pending?.email !== email) return
  const address = emailKey(email)
  const quota = await reserveMailQuota(needs, tx, { address, kind: 'code' }, letterJob(needs, job))
  if (!quota) return
  const { outbox, figures, origin } = needs
  const brand = needs.brandOf()
  const owner = await findAccountByEmail(tx, email)
  const forLetter = { own: codeFor(needs, account), address, quota }
  const whole = { topic: 'mail', reference: referenceOf(account) } as const
  if (owner) {
    const { lives: usefulFor } = await drawNoneForLetter(needs, tx, forLetter)
    const facts = { brand, own: owner.id === account }
    const { id, email: to } = owner
    const letter = { ...whole, name: 'email-change-tried', account: id, to, language: owner.language } as const
    return outbox.post(tx, { ...letter, facts, usefulFor })
  }
  const { facts: code, link, lives: usefulFor } = await drawForLetter(needs, tx, forLetter)
  const minutes = inMinutes(figures.codeLives)
  const facts = { brand, ...code, link: origin + at(urls.emailVerify, { link }), minutes }
  const letter = { ...whole, name: 'email-change-code', account, unproved: true, to: email, language } as const
  await outbox.post(tx, { ...letter, facts, usefulFor })
}

export const pendingEmail = (needs: Needs, account: AccountId): Promise<PendingEmail | undefined> =>
  findPendingEmail(needs.db, account, needs.clock.now())

/** Whose change the link confirms, and where it was asked for; nothing changes by looking. */
export async function whoseLink(needs: Needs, link: string) {
  const id = (await lookAtLink(needs, 'change-email', link)) as AccountId | undefined
  const account = id && (await findAccount(needs.db, id))
  const pending = account && (await pendingEmail(needs, account.id))
  return pending && { ...pending, account: account.id, language: account.language }
}

export type ConfirmOutcome = Done | Refused<CodeProblem | 'nothing-pending' | 'address-taken' | 'not-yours-to-change'>

export async function confirmByCode(
  needs: Needs,
  account: Account,
  typed: string,
  actor: Actor,
): Promise<ConfirmOutcome> {
  const pending = await pendingEmail(needs, account.id)
  if (!pending) return refused('nothing-pending')
  const tried = await tryLetterCode(needs, codeFor(needs, account.id), typed)
  if (!tried.ok) return tried
  return change(needs, account, actor, tried.take)
}

export const confirmByLink = (needs: Needs, account: Account, link: string, actor: Actor): Promise<ConfirmOutcome> =>
  change(needs, account, actor, linkTakes(needs, codeFor(needs, account.id), link))

/** Gives the account its new address, if `take` says that this caller is the one who may. */
async function change(needs: Needs, account: Account, actor: Actor, take: Take): Promise<ConfirmOutcome> {
  if (!(await mayChange(needs, account))) return refused('not-yours-to-change')
  try {
    return await transact(needs.db, async (tx): Promise<ConfirmOutcome> => {
      const before = await holdAccount(tx, account.id)
      const pending = await findPendingEmail(tx, account.id, needs.clock.now())
      const taken = await take(tx, pending && emailKey(pending.email))
      if (!taken.ok) return taken
      if (!before || !pending) return refused('nothing-pending')
      await moveAddress(needs, tx, { account: account.id, email: pending.email, kind: 'email-changed', actor })
      await resetMailLimits(needs, tx, emailKey(pending.email))
      await recipientProved(tx, account.id, { reference: referenceOf(account.id), to: pending.email })
      await tell(needs, tx, before, pending.email, actor)
      return done({})
    })
  } catch (error) {
    if (!(error instanceof AddressTaken)) throw error
    await transact(needs.db, (tx) => deletePendingEmail(tx, account.id))
    return refused('address-taken')
  }
}

/** The new mailbox learns what it is from now on, the former one how to undo that. */
async function tell(needs: Needs, tx: Tx, before: Account, email: Email, actor: Actor): Promise<void> {
  const { clock, random, outbox } = needs
  const brand = needs.brandOf()
  if (emailKey(email) === emailKey(before.email)) return
  await endLetterCode(needs, tx, emailKey(before.email)) // somebody who has copied one cannot use it to sign up with the address
  const former = drawId('fad', random, clock)
  await putFormerAddress(tx, former, before.id, before.email, clock.now())
  const subject = `${before.id} ${former}`
  const { link } = await draw(needs, tx, { purpose: 'undo-email', subject, lives: UNDOABLE_FOR, tries: 0 })
  const undo = needs.origin + at(urls.undo, { link })
  const facts = { ...happeningOf(needs, before, actor), brand, link: undo, days: inDays(UNDOABLE_FOR) }
  const { id, email: to, language } = before
  await outbox.post(tx, { topic: 'mail', name: 'email-changed-undo', account: id, to, language, facts })
}
