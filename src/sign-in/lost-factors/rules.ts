/**
 * A person who knows the password and can use none of their factors asks support for help.
 *
 *   the second step ──► how to reach them ──► a request with a reference ──► the mailbox of the account is told
 *
 * It takes the password, typed just now: a session or the mailbox alone is not enough. Nothing changes at the account.
 */

import type { EventNeeds } from '../../core/events/emit.ts'
import type { Counts } from '../../core/limits/counters/count.ts'
import { type EmailProblem, parseEmail } from '../../core/model/account/email.ts'
import type { Account } from '../../core/model/account/store.ts'
import { openRequestOf, type RequestRow } from '../../core/model/support-request/store.ts'
import { askSupport } from '../../core/operations/ask-support.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { parseNumber, regionOf } from '../../platform/phone/number.ts'
import { charactersIn, normalForm } from '../../platform/text.ts'

export const LONGEST_WORDS = 500
/** Of the input, in code units, before it is normalised. */
const LONGEST_TYPED = 4_000

export type SupportForm = { reach: string; words: string }
export type AskProblem = EmailProblem | 'reach-missing' | 'reach-not-one' | 'words-too-long'

export const openRequest = ({ db, clock }: EventNeeds, { id }: Account): Promise<RequestRow | undefined> =>
  openRequestOf(db, id, clock.now())

/** An open request stays as it is. */
export async function ask(
  needs: EventNeeds & Counts<'support-letters'>,
  account: Account,
  typed: SupportForm,
  actor: Actor,
): Promise<Done | Refused<AskProblem>> {
  const reach = readReach(typed.reach, account)
  if (!reach.ok) return reach
  const words = readWords(typed.words)
  const has = charactersIn(words)
  if (has > LONGEST_WORDS) return refused('words-too-long', { limit: LONGEST_WORDS, has })
  const said = { reach: reach.reach, words }
  await transact(needs.db, (tx) => askSupport(needs, tx, { account: account.id, said, actor }))
  return done({})
}

/** An address, or a number as people write it where the language of the account is spoken. */
function readReach(typed: string, { language }: Account): Done<{ reach: string }> | Refused<AskProblem> {
  if (typed.trim() === '') return refused('reach-missing')
  if (typed.includes('@')) {
    const parsed = parseEmail(typed)
    return parsed.ok ? done({ reach: parsed.email }) : parsed
  }
  const parsed = parseNumber(typed, regionOf(language))
  return parsed.ok ? done({ reach: parsed.number }) : refused('reach-not-one')
}

/** Without control characters, which a terminal would obey, and without surrogates and bidi controls. */
function readWords(typed: string): string {
  const text = typed.replaceAll('\r\n', '\n').trim()
  return normalForm(text, 'NFC', LONGEST_TYPED)?.replaceAll(UNWANTED, '').trim() ?? text
}
const UNWANTED = /(?!\n)\p{Cc}|[\p{Cs}\p{Bidi_Control}]/gu
