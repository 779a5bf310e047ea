/**
 * Setting up where codes are sent: a phone number, for texts or calls, or a back-up address.
 *
 *   a number or an address is typed ──► a code is sent there ──► the code is typed ──► it is a factor
 *
 * Nothing is stored before that: the page carries what was typed, sealed.
 */

import { isPhoneOn } from '../../core/limits/phone-limits.ts'
import { type Email, type EmailProblem, emailKey, isSameMailbox, parseEmail } from '../../core/model/account/email.ts'
import { type Account, holdAccount } from '../../core/model/account/store.ts'
import { type ContactKind, factorKinds, isByPhone } from '../../core/model/factor/kinds.ts'
import { openOffer, sealOffer } from '../../core/model/factor/sealed.ts'
import { type FactorId, type FactorRow, factorsOf, secondFactors } from '../../core/model/factor/store.ts'
import type { CodeProblem } from '../../core/model/one-time/one-time.ts'
import type { Policies } from '../../core/model/password/policy/policy-cache.ts'
import type { Session } from '../../core/model/session/session.ts'
import { addFactor, type FactorChangeNeeds, hasMost } from '../../core/operations/factor/add-factor.ts'
import { isOwnMailbox } from '../../core/operations/factor/second-factor-subject.ts'
import {
  type Contact,
  codeEntered,
  type NotSentReason,
  referenceOf,
  type SentCodeNeeds,
  sendCode,
} from '../../core/operations/factor/sent-code.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { tryLetterCode } from '../../core/operations/letter-code.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Duration } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Delivery, deliveryOf, recipientProved } from '../../platform/outbox/store.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { type NumberProblem, parseNumber, regionOf, takesTexts } from '../../platform/phone/number.ts'
import { drawId } from '../../platform/random.ts'

export type Needs = FactorChangeNeeds & SentCodeNeeds & { policies: Policies; figures: { codeLives: Duration } }

export type Whose = { account: Account; session: Session }

/** Whether that kind can be set up: numbers where texts and calls can be sent, an address where two-step verification is on. */
export const isOffered = (needs: Pick<Needs, 'figures' | 'policies'>, session: Session, kind: ContactKind): boolean =>
  isByPhone(kind) ? isPhoneOn(needs.figures) : isTwoStepOn(needs, session)

/** A contact that waits for its code, under the id it will have. */
export type PendingContact = { kind: ContactKind; contact: string; id: FactorId }

type TypedProblem = NumberProblem | EmailProblem | 'number-no-texts' | 'own-address'
type ThereProblem = 'has-already' | 'too-many-ways'
export type AskProblem = TypedProblem | ThereProblem | NotSentReason

/** Sends a code to what was typed; answers the same, sealed. */
export async function askForCode(
  needs: Needs,
  account: Account,
  { kind, typed }: { kind: ContactKind; typed: string },
  actor: Actor,
): Promise<Done<{ sealed: string }> | Refused<AskProblem>> {
  const read = isByPhone(kind) ? readNumber(needs, account, kind, typed) : readAddress(account, typed)
  if (!read.ok) return read
  const to = { kind, contact: read.contact }
  const problem = problemWith(await factorsOf(needs.db, account.id), to)
  if (problem) return refused(problem)
  const asked: PendingContact = { id: drawId('fac', needs.random, needs.clock) as FactorId, ...to }
  return sendAgain(needs, account, asked, actor)
}

type ReadContact = Done<{ contact: string }> | Refused<TypedProblem>

function readNumber({ figures }: Needs, { language }: Account, kind: ContactKind, typed: string): ReadContact {
  const read = parseNumber(typed, regionOf(language, figures.phoneCountries))
  if (!read.ok) return read
  const isUnable = factorKinds[kind].channel === 'sms' && !takesTexts(read.number)
  return isUnable ? refused('number-no-texts') : done({ contact: read.number })
}

function readAddress({ email }: Account, typed: string): ReadContact {
  const read = parseEmail(typed)
  if (!read.ok) return read
  return isSameMailbox(read.email, email) ? refused('own-address') : done({ contact: read.email })
}

const isSame = (one: string, { kind, contact }: Contact): boolean =>
  isByPhone(kind) ? one === contact : isSameMailbox(one as Email, contact as Email)

function problemWith(there: readonly FactorRow[], to: Omit<PendingContact, 'id'>): ThereProblem | undefined {
  if (there.some(({ kind, contact }) => kind === to.kind && isSame(contact ?? '', to))) return 'has-already'
  return hasMost(there, to.kind) ? 'too-many-ways' : undefined
}

const sealAsked = (needs: Needs, { id }: Account, asked: PendingContact): string =>
  sealOffer(needs, id, 'contact', JSON.stringify(asked), needs.figures.codeLives)

/** The contact that waits for its code; undefined if it has expired, or is the mailbox of the account by now. */
export function pendingContactIn(needs: Needs, account: Account, sealed: string): PendingContact | undefined {
  const offer = openOffer(needs, account.id, 'contact', sealed)
  const asked: PendingContact | undefined = offer && JSON.parse(offer)
  return asked && !isOwnMailbox(asked, account) ? asked : undefined
}

const codeFor = ({ id }: Account, asked: PendingContact) =>
  ({ purpose: 'new-way', subject: `${id} ${asked.id}` }) as const

const sendTo = (needs: Needs, account: Account, to: PendingContact, { network }: Actor) =>
  sendCode(needs, { ...codeFor(account, to), account, to, lives: needs.figures.codeLives, network })

/** Another code; the one before stops working. Answers what the page carries from now on. */
export async function sendAgain(
  needs: Needs,
  account: Account,
  asked: PendingContact,
  actor: Actor,
): Promise<Done<{ sealed: string }> | Refused<NotSentReason>> {
  const sent = await sendTo(needs, account, asked, actor)
  return sent.ok ? done({ sealed: sealAsked(needs, account, asked) }) : sent
}

/** What has become of the newest code. */
export const deliveryTo = (needs: Needs, account: Account, asked: PendingContact): Promise<Delivery | undefined> =>
  deliveryOf(needs, referenceOf(codeFor(account, asked)))

export type ConfirmProblem = CodeProblem | 'code-missing' | ThereProblem

/** Adds the contact. The form sent twice adds one. */
export async function confirmContact(
  needs: Needs,
  { account, session }: Whose,
  asked: PendingContact,
  code: string,
  actor: Actor,
): Promise<Done | Refused<ConfirmProblem>> {
  if ((await factorsOf(needs.db, account.id)).some(({ id }) => id === asked.id)) return done({})
  if (code.trim() === '') return refused('code-missing')
  const { purpose, subject } = codeFor(account, asked)
  const tried = await tryLetterCode(needs, { purpose, subject }, code)
  if (!tried.ok) return tried
  return transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account.id)
    if (held && isOwnMailbox(asked, held)) return refused('code-expired') // its address was changed meanwhile
    const there = await factorsOf(tx, account.id)
    const problem = problemWith(there, asked)
    if (problem) return refused(problem)
    const isAddress = !isByPhone(asked.kind)
    if (isAddress && secondFactors(there).length === 0) return refused('code-expired') // the second factor went meanwhile
    const address = isAddress ? emailKey(asked.contact as Email) : undefined
    const taken = await tried.take(tx, address)
    if (!taken.ok) return taken
    await codeEntered(needs, tx, asked, { purpose, account: account.id, network: actor.network })
    await recipientProved(tx, account.id, { reference: referenceOf({ purpose, subject }), to: asked.contact })
    await addFactor(needs, tx, { account, session, actor }, asked)
    return done({})
  })
}
