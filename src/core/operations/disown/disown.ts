/**
 * "It was not me": takes an account back for a mailbox, in one transaction. The reader of the mailbox then chooses a
 * password.
 *
 *   the password, sessions, tokens, trusted browsers and pending changes end
 *     ──► ways added in the last week go, ways removed come back, the address is that of the mailbox
 *     ──► a link to choose a password: in the mailbox, and on the page of who says so first, and soon
 *
 * Letters can be copied by somebody who reads a mailbox for a minute, and pressing their links is no proof of reading it
 * now. So only the first browser is shown a link, and only by a letter as young as a reset link has to be; every other one has
 * it mailed. Links do not end each other, except that a password chosen by one ends those begun before it (complete.ts).
 */

import type { Actor } from '../../../platform/actor.ts'
import { after, before, type Duration, days, inHours } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { drawId } from '../../../platform/random.ts'
import { at, urls } from '../../../urls.ts'
import { type AccountNeeds, emit } from '../../events/emit.ts'
import { type Happening, happeningOf } from '../../events/notice.ts'
import { type Counts, count } from '../../limits/counters/count.ts'
import {
  claimFormerAddress,
  deletePendingEmail,
  forgetAddressesAfter,
  isClaimed,
} from '../../model/account/addresses.ts'
import { type Email, emailKey } from '../../model/account/email.ts'
import {
  type Account,
  type AccountId,
  findAccount,
  findAccountByEmail,
  holdAccount,
} from '../../model/account/store.ts'
import type { Brand } from '../../model/brand/brand.ts'
import { draw } from '../../model/one-time/one-time.ts'
import { forgetSecretsOf } from '../../model/one-time/store.ts'
import { endRecoveriesOfOthers, insertRecovery, recoveriesOf } from '../../model/recovery/store.ts'
import { forgetBrowsers } from '../../model/session/browsers.ts'
import { endAllSessions } from '../../model/session/session.ts'
import { withdrawRequest } from '../ask-support.ts'
import { CLOSING_TAKES, cancelClosing } from '../close-account.ts'
import { RESTORABLE_FOR, type Reverted, revertWays } from '../former-ways/former-factors.ts'
import { turnOff } from '../password/turned-off.ts'
import { giveAddressBack } from './give-address-back.ts'
import { askForOlderWay, type OlderWayNeeds } from './older-way.ts'

/** `resetLives`: for so long a link proves that its holder reads the mailbox. */
export type DisownNeeds = AccountNeeds &
  OlderWayNeeds &
  Counts<'recovery-letters'> & { figures: { resetLives: Duration } }

/** How long a link to choose a password works (NIST SP 800-63B-4, section 4.2.1.2: a day at most). */
export const TAKE_BACK_LIVES = days(1)

/**
 * `mailbox`: whose word it is, and whose the account is from now on; the address of now, or a former one that undoes a change.
 * `toldAt`: when the letter was written by which it says so; undefined where it was not by a letter.
 */
export type Disowning = { account: AccountId; mailbox: Email; actor: Actor; toldAt: Date | undefined }
/**
 * `link`: chooses a password; undefined where it is in the mailbox alone, or nowhere: `outranked`, a mailbox that the account
 * had before waits for it; `address-taken`, the mailbox itself waits until another account no longer has its address.
 */
export type Disowned = { link: string | undefined; next: Next }
export type Next = 'mailed' | 'mailed-earlier' | 'outranked' | 'address-taken'

/** @throws {AddressTaken} where another account takes the address at this very moment */
export async function disown(needs: DisownNeeds, tx: Tx, disowning: Disowning): Promise<Disowned> {
  const { account: id, mailbox, actor } = disowning
  const held = await holdAccount(tx, id)
  if (!held) return { link: undefined, next: 'mailed-earlier' }
  const isOther = held.email !== mailbox
  const isTaken = isOther && ((await findAccountByEmail(tx, mailbox))?.id ?? id) !== id
  const isMoved = isOther && !isTaken
  if (isTaken) await claimFormerAddress(tx, id, mailbox)
  if (isMoved) await giveAddressBack(needs, tx, held, mailbox, actor)
  await forgetAddressesAfter(tx, id, mailbox, false) // those of whom the mailbox disowns, wherever the address is now
  const isOutranked = !isOther && (await isClaimed(tx, held, needs.clock.now()))
  if (!isOutranked) await endRecoveriesOfOthers(tx, id, emailKey(mailbox))
  const reverted = await secure(needs, tx, held, actor)
  if (reverted.isNews || isMoved) await emit(needs, tx, { kind: 'not-me', account: id }, actor)
  if (isTaken || isOutranked) return { link: undefined, next: isTaken ? 'address-taken' : 'outranked' }
  const asked = isMoved ? await askForOlderWay(needs, tx, id, actor) : undefined
  return giveLink(needs, tx, disowning, { ...reverted, askedHours: asked && inHours(asked) })
}

export type Secured = Reverted & { isNews: boolean }

/** Nothing that opened the account opens it any more, but for ways that it had a week ago. The caller holds the account. */
export async function secure(needs: DisownNeeds, tx: Tx, { id, closingAt }: Account, actor: Actor): Promise<Secured> {
  const since = before(needs.clock.now(), RESTORABLE_FOR)
  const hadPassword = await turnOff(needs, tx, id)
  const sessions = await endAllSessions(needs, tx, id)
  await forgetBrowsers(tx, id)
  await deletePendingEmail(tx, id)
  await forgetSecretsOf(tx, id, ['not-me', 'unblock', 'undo-email', 'take-back'])
  await withdrawRequest(needs, tx, id, actor)
  if (closingAt && before(closingAt, CLOSING_TAKES) > since) await cancelClosing(needs, tx, { account: id, actor })
  const reverted = await revertWays(needs, tx, id, { since, actor })
  return { ...reverted, isNews: hadPassword || sessions + reverted.removed + reverted.restored > 0 }
}

declare module '../../../platform/outbox/outbox.ts' {
  interface Letters {
    /** How many ways went and came back, and for how many hours an older way is asked for besides the password. */
    'account-secured': Happening & {
      brand: Brand
      link: string
      removed: number
      restored: number
      askedHours?: number | undefined
    }
  }
}

/** Each link is in the mailbox, whether or not it is shown: where no further letter is sent, one of before works. */
async function giveLink(
  needs: DisownNeeds,
  tx: Tx,
  { account: id, mailbox, actor, toldAt }: Disowning,
  { removed, restored, askedHours }: Reverted & { askedHours: number | undefined },
): Promise<Disowned> {
  const { clock, random, outbox, figures } = needs
  const brand = needs.brandOf()
  const now = clock.now()
  const open = await recoveriesOf(tx, id, now)
  const mayMail = await count({ ...needs, db: tx }, 'recovery-letters', id)
  const account = await findAccount(tx, id)
  if (!account || !(mayMail || open.length === 0)) return { link: undefined, next: 'mailed-earlier' }
  const { browser } = actor
  const isFresh = toldAt !== undefined && toldAt > before(now, figures.resetLives)
  const isShown = isFresh && browser !== '' && open.every(({ browser_mark }) => browser_mark === browser)
  const recovery = drawId('rec', random, clock)
  await insertRecovery(tx, {
    id: recovery,
    account_id: id,
    email: mailbox,
    email_key: emailKey(mailbox),
    browser_mark: isShown ? browser : '',
    begun_at: now,
    expires_at: after(now, TAKE_BACK_LIVES),
  })
  const subject = `${id} ${recovery}`
  const { link } = await draw(needs, tx, { purpose: 'take-back', subject, lives: TAKE_BACK_LIVES, tries: 0 })
  const facts = { ...happeningOf(needs, account, actor), brand, removed, restored, askedHours }
  await outbox.post(tx, {
    topic: 'mail',
    name: 'account-secured',
    account: id,
    to: mailbox,
    language: account.language,
    facts: { ...facts, link: needs.origin + at(urls.reset, { link }) },
    usefulFor: TAKE_BACK_LIVES,
  })
  return { link: isShown ? link : undefined, next: 'mailed' }
}
