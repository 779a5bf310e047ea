/**
 * Every code and every link the service gives out: drawn here, kept as marks, tried and taken by single statements.
 *
 * A link is 256 bits. The code that goes with it is computed from it, so that a page which is shown the link can
 * show the code without either being stored; from the code nothing can be learnt about the link.
 */

import { createHash } from 'node:crypto'
import { after, before, type Duration } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { Writes } from '../../../platform/needs.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { drawToken } from '../../../platform/random.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import { codeTyped } from '../../../platform/text.ts'
import type { Purpose, Spendable } from './purposes.ts'
import {
  countLink,
  countTry,
  endOfSecret,
  findByLink,
  findCodeMark,
  holdByLink,
  insertSpent,
  putSecret,
  takeSecret,
} from './store.ts'

export type Drawn = { link: string; code: string }
/** `digits`: of the code, where it is not one that is guessed in so many tries. */
export type OneTime = { purpose: Purpose; subject: string; lives: Duration; tries: number; digits?: number }

/** Makes a secret and puts it in the place of the one before: only the newest works. */
export async function draw(needs: Writes, tx: Tx, { purpose, subject, lives, tries, digits }: OneTime): Promise<Drawn> {
  const link = drawToken(needs.random)
  const code = codeOf(link, digits)
  await putSecret(needs, tx, {
    purpose,
    subject,
    code_mark: needs.keyring.mark(code, inPurpose(purpose, subject)),
    link_mark: linkMark(purpose, link),
    tries_left: tries,
    expires_at: after(needs.clock.now(), lives),
  })
  return { link, code }
}

/** Puts nothing in the place of the one before: until a letter brings one, no code is right and no link works. */
export const drawNone = (needs: Writes, tx: Tx, { purpose, subject, lives, tries }: OneTime): Promise<void> =>
  putSecret(needs, tx, {
    purpose,
    subject,
    code_mark: null,
    link_mark: null,
    tries_left: tries,
    expires_at: after(needs.clock.now(), lives),
  })

/** How long the secret of before still works, if there is one. */
export async function lifeLeft({ clock }: Writes, tx: Tx, purpose: Purpose, subject: string): Promise<Duration> {
  const end = await endOfSecret(tx, purpose, subject)
  return { ms: Math.max(0, end ? end.getTime() - clock.now().getTime() : 0) }
}

/** Six digits from 256 bits; the bias of the remainder is under 2^-236 (of 20 digits under 2^-189). */
export const codeOf = (link: string, digits = 6): string => {
  const digest = createHash('sha256').update(`code of ${link}`).digest('hex')
  return String(BigInt(`0x${digest}`) % 10n ** BigInt(digits)).padStart(digits, '0')
}

const inPurpose = (purpose: Purpose, subject: string): string => `${purpose} ${subject}`
const linkMark = (purpose: Purpose, link: string): string => sha256(`${purpose} ${link}`)

export type CodeProblem = 'code-wrong' | 'code-expired' | 'code-used-up'
/** `mark` names the code that fitted: another may take its place before it is taken. */
export type TriedCode = Done<{ mark: string }> | Refused<CodeProblem>

/**
 * Counts the try, then compares: n tries made at once are n tries. Spaces and dashes in what was typed do not count.
 * A code that fits still has to be taken by `takeCode` in the transaction that acts on it.
 */
export async function tryCode(needs: Writes, purpose: Purpose, subject: string, typed: string): Promise<TriedCode> {
  const tried = await countTry(needs.db, purpose, subject)
  if (!tried || tried.expires_at <= needs.clock.now()) return refused('code-expired')
  if (tried.tries_left < 0) return refused('code-used-up')
  const digits = codeTyped(typed)
  const mark = tried.code_mark
  if (mark !== null && needs.keyring.fits(digits, inPurpose(purpose, subject), mark)) return done({ mark })
  return refused(tried.tries_left === 0 ? 'code-used-up' : 'code-wrong')
}

/** True for exactly one caller, of the code that `tryCode` marked; the secret, its link included, is gone. */
export const takeCode = (needs: Writes, tx: Tx, purpose: Purpose, subject: string, mark: string): Promise<boolean> =>
  takeSecret(needs, tx, { purpose, subject, code_mark: mark }, needs.clock.now())

/** Compares a code that is too long to be guessed, so that its tries are not counted. */
export async function takeLongCode(needs: Writes, tx: Tx, purpose: Purpose, subject: string, digits: string) {
  const mark = await findCodeMark(tx, purpose, subject)
  if (!mark || !needs.keyring.fits(digits, inPurpose(purpose, subject), mark)) return false
  return takeCode(needs, tx, purpose, subject, mark)
}

/** True for exactly one caller, for as long as what it is about may come back. */
export const spendOnce = (needs: Writes, tx: Tx, what: Spendable, secret: string, lives: Duration): Promise<boolean> =>
  insertSpent(tx, what, sha256(secret), after(needs.clock.now(), lives))

/** Whom a link is for, while it works; nothing changes by looking. */
export const lookAtLink = (needs: Writes, purpose: Purpose, link: string): Promise<string | undefined> =>
  findByLink(needs, linkMark(purpose, link), needs.clock.now())

/**
 * Counts a use of a link before the hash that it costs: of many at once `most` may go on, and it works for nobody after them.
 * Once is enough, but for who presses a button twice.
 */
export const tryLink = (needs: Writes, purpose: Purpose, link: string, most: number): Promise<boolean> =>
  countLink(needs.db, linkMark(purpose, link), most, needs.clock.now())

/**
 * The same for a deed that leaves the link as it is: it works until this transaction ends, or it does not work. `lives`: what
 * it was drawn with.
 */
export async function holdLink(
  needs: Writes,
  tx: Tx,
  purpose: Purpose,
  link: string,
  lives: Duration,
): Promise<HeldLink | undefined> {
  const held = await holdByLink(needs, tx, linkMark(purpose, link), needs.clock.now())
  return held && { subject: held.subject, drawnAt: before(held.expires_at, lives) }
}
export type HeldLink = { subject: string; drawnAt: Date }

/** True for exactly one caller, where the link is for that subject; the secret, its code included, is gone. */
export const takeLink = (needs: Writes, tx: Tx, purpose: Purpose, subject: string, link: string): Promise<boolean> =>
  takeSecret(needs, tx, { purpose, subject, link_mark: linkMark(purpose, link) }, needs.clock.now())
