/**
 * Tells the mailbox of a change that bears on the safety of an account: when, from where, with which browser, and with a
 * way to say that it was somebody else. In the transaction of the change; no change without its notice.
 */

import type { Actor } from '../../platform/actor.ts'
import { days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Writes } from '../../platform/needs.ts'
import type { Outbox, Said } from '../../platform/outbox/outbox.ts'
import { drawId } from '../../platform/random.ts'
import { at, urls } from '../../urls.ts'
import { type Email, emailKey } from '../model/account/email.ts'
import { type Account, type AccountId, findAccount } from '../model/account/store.ts'
import type { Brand, BrandNeeds } from '../model/brand/brand.ts'
import { draw, holdLink, lookAtLink } from '../model/one-time/one-time.ts'
import type { Places } from '../model/place/places.ts'

export type NoticeNeeds = Writes & { outbox: Outbox; origin: string; places: Places } & BrandNeeds

/** What every notice says; a letter adds what it is about. `at`: ISO 8601. */
export type Happening = { at: string; network: string; place: string; timeZone: string; userAgent: string }
export type NoticeFacts = Happening & { brand: Brand; notMe: string }

const NOT_ME_LIVES = days(7)

/** What is said of where something happened, in the words of the account's language. */
export function happeningOf(
  { clock, places }: Pick<NoticeNeeds, 'clock' | 'places'>,
  { language }: Pick<Account, 'language'>,
  { network, userAgent }: Actor,
): Happening {
  const place = places.find(network)
  const at = clock.now().toISOString()
  return { at, network, userAgent, place: place?.name(language) ?? '', timeZone: place?.timeZone ?? 'UTC' }
}

/** `letter`: which one it is, and with what it adds to the facts that every notice has. */
export type Notice = { account: AccountId; actor: Actor; letter(facts: NoticeFacts): Said<'mail'> }

/** The address is read here: who asks for a change may have read another one, before it was changed. */
export async function notify(needs: NoticeNeeds, tx: Tx, { account: id, actor, letter }: Notice): Promise<void> {
  const account = await findAccount(tx, id)
  if (!account) return
  const { clock, random, outbox } = needs
  const brand = needs.brandOf()
  const mailbox = needs.keyring.mark(emailKey(account.email), 'notice')
  const subject = `${id} ${drawId('not', random, clock)} ${mailbox}`
  const { link } = await draw(needs, tx, { purpose: 'not-me', subject, lives: NOT_ME_LIVES, tries: 0 })
  const said: NoticeFacts = {
    ...happeningOf(needs, account, actor),
    brand,
    notMe: needs.origin + at(urls.notMe, { link }),
  }
  const { email: to, language } = account
  await outbox.post(tx, { topic: 'mail', account: id, to, language, ...letter(said) })
}

/** Who was told something, and in which mailbox. */
export type Told = { account: AccountId; isMailbox(email: Email): boolean }
/** The same, locked; `toldAt`: when the letter was written. */
export type HeldNotice = Told & { toldAt: Date }

function toldIn({ keyring }: Writes, subject: string | undefined): Told | undefined {
  const [account, , mailbox] = subject?.split(' ') ?? []
  if (account === undefined) return undefined
  const isMailbox = (email: Email) => mailbox === undefined || keyring.fits(emailKey(email), 'notice', mailbox)
  return { account: account as AccountId, isMailbox }
}

/** Whose notice the link is from, for the page that asks. */
export const whoseNotice = async (needs: Writes, link: string): Promise<Told | undefined> =>
  toldIn(needs, await lookAtLink(needs, 'not-me', link))

/** The same, with a lock, for the act. The link is not consumed: a mail scanner that presses the button changes nothing. */
export async function holdNotice(needs: Writes, tx: Tx, link: string): Promise<HeldNotice | undefined> {
  const held = await holdLink(needs, tx, 'not-me', link, NOT_ME_LIVES)
  const told = toldIn(needs, held?.subject)
  return held && told && { ...told, toldAt: held.drawnAt }
}
