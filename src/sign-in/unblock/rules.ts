/**
 * A blocked account: its mailbox is told the truth, and can lift the block.
 *
 *   the try that blocks ──► a job ──► a letter, if there is an account ──► "it was me" lifts ──► the person tries again
 *                                                                     └──► "it was not me" signs out, a new password
 *
 * The link stays what it is for a day: a mail scanner that presses a button takes nothing from its owner. Who pressed
 * may then try with a counter of their own, so that the cause of the block cannot block them again meanwhile.
 */

import type { Mail } from '../../core/events/catalogue.ts'
import { emit } from '../../core/events/emit.ts'
import { happeningOf } from '../../core/events/notice.ts'
import { type Counts, count } from '../../core/limits/counters/count.ts'
import { liftBlock } from '../../core/limits/sign-in-lockout.ts'
import { emailKey, parseEmail } from '../../core/model/account/email.ts'
import {
  type Account,
  type AccountId,
  findAccount,
  holdAccount,
  holdAccountByEmail,
} from '../../core/model/account/store.ts'
import { draw, holdLink, lookAtLink } from '../../core/model/one-time/one-time.ts'
import { grantOwnCounter } from '../../core/model/session/browsers.ts'
import { type Disowned, type DisownNeeds, disown } from '../../core/operations/disown/disown.ts'
import { type BlockLetterJob, UNBLOCK_LINK_LIVES } from '../../core/operations/tell-of-lockout.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, hours } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { at, urls } from '../../urls.ts'

/** How long who pressed the button may try with a counter of their own. */
const MAY_TRY = hours(1)

export async function writeBlockLetter(
  needs: DisownNeeds & Counts<'block-letters'>,
  tx: Tx,
  job: BlockLetterJob,
): Promise<void> {
  const parsed = parseEmail(job.email)
  const account = parsed.ok ? await holdAccountByEmail(tx, parsed.email) : undefined
  if (!account) return
  const mail = (await count({ ...needs, db: tx }, 'block-letters', account.id))
    ? await letterTo(needs, tx, account, job)
    : null
  const facts = { failures: job.failures, until: job.until ?? null }
  await emit(needs, tx, { kind: 'account-blocked', account: account.id, facts, mail }, job.actor)
}

async function letterTo(
  needs: DisownNeeds,
  tx: Tx,
  account: Account,
  job: BlockLetterJob,
): Promise<Mail<'account-blocked'>> {
  const { actor, failures, at: tried, until = '', product } = job
  const { id: subject, email: to, language } = account
  const { link } = await draw(needs, tx, { purpose: 'unblock', subject, lives: UNBLOCK_LINK_LIVES, tries: 0 })
  const happened = { ...happeningOf(needs, account, actor), at: tried }
  const url = needs.origin + (until ? at(urls.unblock, { link }) : urls.forgot)
  const facts = { ...happened, brand: needs.brandOf(product), failures, until, link: url }
  return { name: 'account-blocked', to, language, facts, usefulFor: UNBLOCK_LINK_LIVES }
}

/** Whose block the link lifts, while it works. */
export async function whoseBlock(needs: DisownNeeds, link: string): Promise<Account | undefined> {
  const id = await lookAtLink(needs, 'unblock', link)
  return id === undefined ? undefined : findAccount(needs.db, id as AccountId)
}

/**
 * Does something for whose block the link lifts: nothing puts an end to it meanwhile, such as a new password. The account
 * is locked first, as in replace-password.ts: of two at once, one waits.
 */
async function withBlock<Result>(
  needs: DisownNeeds,
  link: string,
  act: (tx: Tx, account: Account, toldAt: Date) => Promise<Result>,
): Promise<Result | Refused<'link-dead'>> {
  const found = await whoseBlock(needs, link)
  if (!found) return refused('link-dead')
  return transact(needs.db, async (tx) => {
    const account = await holdAccount(tx, found.id)
    const held = account && (await holdLink(needs, tx, 'unblock', link, UNBLOCK_LINK_LIVES))
    return held ? act(tx, account, held.drawnAt) : refused('link-dead')
  })
}

export const unblockAccount = (needs: DisownNeeds, link: string, actor: Actor): Promise<Done | Refused<'link-dead'>> =>
  withBlock(needs, link, async (tx, account) => {
    const now = needs.clock.now()
    const isLifted = await liftBlock(needs, tx, emailKey(account.email))
    await grantOwnCounter(tx, account.id, actor, now, after(now, MAY_TRY))
    if (isLifted) await emit(needs, tx, { kind: 'account-unblocked', account: account.id, mail: null }, actor)
    return done({})
  })

/** The new password that is chosen then lifts the block too. */
export const disownAttempt = (
  needs: DisownNeeds,
  link: string,
  actor: Actor,
): Promise<Done<Disowned> | Refused<'link-dead'>> =>
  withBlock(needs, link, async (tx, { id: account, email: mailbox }, toldAt) =>
    done(await disown(needs, tx, { account, mailbox, actor, toldAt })),
  )
