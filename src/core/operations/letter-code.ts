/**
 * The code of a letter to an address that has to be proved, and what is typed of it.
 *
 *   more letters may go ──► six digits, for the one page that asked, with five tries
 *   the last of the day  ──► a long code, for whatever page asks for a code that went to this address
 *
 * Strangers may have used up the letters of a day, and the owner of the address gets none of their own: then the newest one in the
 * mailbox works for each of them, no matter which asked for it. Nobody can guess a long code, so there are no tries that strangers use up.
 */

import { type Duration, days, hours } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Writes } from '../../platform/needs.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { codeTyped } from '../../platform/text.ts'
import { forgetLettersTo, type MailQuota } from '../limits/letter-limits.ts'
import type { EmailKey } from '../model/account/email.ts'
import type { Brand } from '../model/brand/brand.ts'
import {
  type CodeProblem,
  draw,
  drawNone,
  lifeLeft,
  type OneTime,
  takeCode,
  takeLink,
  takeLongCode,
  tryCode,
} from '../model/one-time/one-time.ts'
import { forgetSecretsOf } from '../model/one-time/store.ts'

/** 66 bits. */
const DIGITS = 20

const mailbox = ({ keyring }: Pick<Writes, 'keyring'>, address: EmailKey) =>
  ({ purpose: 'mailbox', subject: keyring.mark(address, 'letters') }) as const

/** `hours`: how long a long one works, wherever one is asked for. */
type DrawnCode = { code: string; hours?: number }
/** What the letter says. `minutes`: how long a short code works, and the link; `link`: for the page that asked. */
export type CodeFacts = DrawnCode & { brand: Brand; minutes: number; link?: string }
/** `link`: for the page that asked. `lives`: how long the letter is of use. */
export type LetterCode = { facts: DrawnCode; link: string; lives: Duration }

/** `own`: the code of the page that asked. */
export type ForLetter = { own: OneTime; address: EmailKey; quota: MailQuota }

/**
 * Draws the code, in the place of the one before. While a long one works every letter brings a new one, so that the code to
 * type is always that of the newest letter.
 */
export async function drawForLetter(needs: Writes, tx: Tx, { own, ...to }: ForLetter): Promise<LetterCode> {
  const { code: short, link } = await draw(needs, tx, own)
  const long = await longFor(needs, tx, to)
  if (!long) return { facts: { code: short }, link, lives: own.lives }
  const { code } = await draw(needs, tx, long)
  const inFours = code.replaceAll(/\d{4}(?=\d)/g, '$& ')
  return { facts: { code: inFours, hours: Math.floor(long.lives.ms / hours(1).ms) }, link, lives: long.lives }
}

/**
 * The same work where the letter says that the address has an account: there is no code. It is of use for as long as one with
 * a code: a page that says what became of a letter says the same of both.
 */
export async function drawNoneForLetter(
  needs: Writes,
  tx: Tx,
  { own, ...to }: ForLetter,
): Promise<Pick<LetterCode, 'lives'>> {
  await drawNone(needs, tx, own)
  const long = await longFor(needs, tx, to)
  if (long) await drawNone(needs, tx, long)
  return { lives: (long ?? own).lives }
}

async function longFor(needs: Writes, tx: Tx, { address, quota }: Omit<ForLetter, 'own'>) {
  const one = mailbox(needs, address)
  const left = await lifeLeft(needs, tx, one.purpose, one.subject)
  if (!quota.isReserve && left.ms === 0) return undefined
  const lives = quota.isReserve ? days(1) : { ms: Math.max(left.ms, hours(1).ms) }
  return { ...one, lives, tries: 0, digits: DIGITS }
}

/** What takes it in the transaction that acts on it, for the address that is proved by it. */
export type Take = (tx: Tx, address: EmailKey | undefined) => Promise<Done | Refused<CodeProblem>>

/** Takes the code by the link of the page that asked. */
export const linkTakes =
  (needs: Writes, { purpose, subject }: Pick<OneTime, 'purpose' | 'subject'>, link: string): Take =>
  async (tx) =>
    (await takeLink(needs, tx, purpose, subject, link)) ? done({}) : refused('code-expired')

/** Tries a code of `own` as it was typed. A long one that is wrong says nothing of whether there is one. */
export async function tryLetterCode(
  needs: Writes,
  { purpose, subject }: Pick<OneTime, 'purpose' | 'subject'>,
  typed: string,
): Promise<Done<{ take: Take }> | Refused<CodeProblem>> {
  const digits = codeTyped(typed)
  const tried = digits.length === DIGITS ? undefined : await tryCode(needs, purpose, subject, typed)
  if (tried?.ok === false) return tried
  const take: Take = async (tx, address) => {
    if (!tried) return (await takeLong(needs, tx, digits, address)) ? done({}) : refused('code-wrong')
    return (await takeCode(needs, tx, purpose, subject, tried.mark)) ? done({}) : refused('code-expired')
  }
  return done({ take })
}

/** The long code of that mailbox works no more. */
export const endLetterCode = (needs: Pick<Writes, 'keyring'>, tx: Tx, address: EmailKey): Promise<void> =>
  forgetSecretsOf(tx, mailbox(needs, address).subject)

/** Somebody has shown that they read the mailbox: what was sent there so far was wanted, and its code needed no more. */
export async function resetMailLimits(needs: Pick<Writes, 'keyring'>, tx: Tx, address: EmailKey): Promise<void> {
  await forgetLettersTo(needs, tx, address)
  await endLetterCode(needs, tx, address)
}

async function takeLong(needs: Writes, tx: Tx, digits: string, address: EmailKey | undefined): Promise<boolean> {
  if (!address) return false
  const { purpose, subject } = mailbox(needs, address)
  return takeLongCode(needs, tx, purpose, subject, digits)
}
