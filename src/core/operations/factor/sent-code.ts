/**
 * Codes that are sent: by text or by call to a number, by mail to a back-up address.
 *
 *   sendCode ──► the outbox ──► … the person types it … ──► tryCode ──► codeEntered, in the transaction that acts on it
 */

import { type Duration, inMinutes } from '../../../platform/clock.ts'
import { type Tx, transact } from '../../../platform/database/db.ts'
import type { Language } from '../../../platform/languages/languages.ts'
import type { Writes } from '../../../platform/needs.ts'
import type { Message } from '../../../platform/outbox/outbox.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { lastDigits, numberShown, type PhoneNumber } from '../../../platform/phone/number.ts'
import { type Counts, count } from '../../limits/counters/count.ts'
import { type LetterNeeds, reserveMailQuotaNow } from '../../limits/letter-limits.ts'
import {
  countPhoneMessage,
  type EnteredNeeds,
  type NotSent,
  type PhoneNeeds,
  phoneCodeEntered,
} from '../../limits/phone-limits.ts'
import { type Email, emailKey } from '../../model/account/email.ts'
import type { Account, AccountId } from '../../model/account/store.ts'
import type { Brand, BrandNeeds } from '../../model/brand/brand.ts'
import { type FactorKind, factorKinds, isByPhone, type SentKind } from '../../model/factor/kinds.ts'
import { draw } from '../../model/one-time/one-time.ts'
import type { ProductId } from '../../model/product/product.ts'
import { type CodeFacts, drawForLetter, type LetterCode, resetMailLimits } from '../letter-code.ts'

export type SentCodeNeeds = Writes & PhoneNeeds & LetterNeeds & Counts<'back-up-letters' | 'code-tries'> & BrandNeeds

declare module '../../../platform/outbox/outbox.ts' {
  interface Letters {
    'new-way-code': CodeFacts
    'second-step-code': CodeFacts
  }
  interface PhoneMessages {
    /** `minutes`: how long the code works from when it was asked for. */
    'phone-code': { brand: Brand; code: string; minutes: number }
  }
}

/** Where a code goes: `contact` is a number (E.164) or an address. */
export type Contact = { kind: SentKind; contact: string }

export type Sending = {
  account: Account
  to: Contact
  /** `new-way`: proves that the contact is the person's own. */
  purpose: 'new-way' | 'second-step'
  subject: string
  lives: Duration
  network: string
  /** On the way to which it is asked for. */
  product?: ProductId | undefined
  /** The mark of a browser that the account trusts: what is sent from there is counted apart. */
  known?: string | undefined
}

/** As its owner writes it. */
export const contactShown = ({ kind, contact }: { kind: FactorKind; contact: string }, language: Language): string =>
  isByPhone(kind) ? numberShown(contact as PhoneNumber, language) : contact

/** A hint that only its owner can complete: the last digits of a number, the ends of an address. */
export function contactHint({ kind, contact }: Contact): string {
  if (isByPhone(kind)) return lastDigits(contact as PhoneNumber)
  return `${[...contact][0]}…${contact.slice(contact.lastIndexOf('@'))}`
}

export type NotSentReason = NotSent['reason'] | 'mail-too-many'

/** Sends a code; the one before stops working. Counted first: where it is refused nothing has changed. */
export const sendCode = (needs: SentCodeNeeds, sending: Sending): Promise<Done | NotSent | Refused<'mail-too-many'>> =>
  transact(needs.db, async (tx) => {
    const { to, account, purpose, subject, lives, network, known } = sending
    const own = { purpose, subject, lives, tries: needs.figures.limits['code-tries'] }
    if (!isByPhone(to.kind)) {
      const isCounted = await count({ ...needs, db: tx }, 'back-up-letters', account.id, known ?? '')
      if (!isCounted) return refused('mail-too-many')
    } else {
      const number = to.contact as PhoneNumber
      const counted = await countPhoneMessage(needs, tx, { number, account: account.id, network, purpose, known })
      if (!counted.ok) return counted
    }
    if (!isByPhone(to.kind) && purpose === 'new-way') {
      // A mailbox that nobody has proved may be a stranger's. No page tells that its letter was held back.
      const address = emailKey(to.contact as Email)
      const quota = await reserveMailQuotaNow(needs, tx, { address, kind: 'code' })
      if (!quota) return done({})
      const drawn = await drawForLetter(needs, tx, { own, address, quota })
      await needs.outbox.post(tx, messageOf(needs, sending, drawn.facts, drawn.lives))
      return done({})
    }
    const { code } = await draw(needs, tx, own)
    await needs.outbox.post(tx, messageOf(needs, sending, { code }, lives))
    return done({})
  })

/** The reference under which the delivery of the newest code is found. */
export const referenceOf = ({ purpose, subject }: Pick<Sending, 'purpose' | 'subject'>): string =>
  `${purpose} ${subject}`

function messageOf(
  { brandOf }: SentCodeNeeds,
  sending: Sending,
  drawn: LetterCode['facts'],
  usefulFor: Duration,
): Message {
  const { account, to, lives, product, ...code } = sending
  const { kind, contact } = to
  const facts = { brand: brandOf(product), ...drawn, minutes: inMinutes(lives) }
  const unproved = code.purpose === 'new-way' && ({ unproved: true } as const)
  const whose = { account: account.id, ...unproved, to: contact, language: account.language }
  const sent = { ...whose, reference: referenceOf(code), usefulFor }
  const topic = factorKinds[kind].channel
  if (topic === 'mail') return { topic, name: `${code.purpose}-code` as const, facts, ...sent }
  return { topic, name: 'phone-code', facts, ...sent }
}

/** The code was typed: its sending does not count against the sender any more. */
export async function codeEntered(
  needs: EnteredNeeds,
  tx: Tx,
  { kind, contact }: Contact,
  sent: { account: AccountId } & Pick<Sending, 'purpose' | 'network'>,
): Promise<void> {
  if (isByPhone(kind)) await phoneCodeEntered(needs, tx, { number: contact as PhoneNumber, ...sent })
  else await resetMailLimits(needs, tx, emailKey(contact as Email))
}
