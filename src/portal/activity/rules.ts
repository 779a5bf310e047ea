/**
 * What happened to an account, for its owner: read from the history, the newest first, many refused sign-ins in one
 * line. "It was not me" takes the account back; a new password comes next.
 */
import { disown, type Needs } from '../../core/account/disown/disown.ts'
import type { Account } from '../../core/account/store.ts'
import { MOST_OF_A_KIND } from '../../core/factor/change.ts'
import type { FactorKind } from '../../core/factor/store.ts'
import { type HistoryKind, historyOf, timesOf } from '../../core/history/history.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'

export type { Needs }

/** No business of the person's. */
const hidden = [
  'account-erased',
  'accounts-imported',
  'accounts-exported',
  'email-fixed',
  'email-freed',
  'staff-marked',
  'staff-unmarked',
  'policy-changed',
  'product-added',
  'product-changed',
  'product-removed',
  'keys-rotated',
] as const satisfies readonly HistoryKind[]
export type ShownKind = Exclude<HistoryKind, (typeof hidden)[number]>
const isShown = (kind: HistoryKind): kind is ShownKind => !hidden.some((one) => one === kind)

/** Whether something is to be done where it was somebody else. */
const matters: Readonly<Record<ShownKind, boolean>> = {
  'account-created': false,
  'signed-in': true,
  'sign-in-refused': false,
  'sign-in-doubted': true,
  'signed-out': false,
  'password-reset-asked': false,
  'password-reset': true,
  'password-changed': true,
  'account-blocked': false,
  'account-unblocked': true,
  'not-me': false,
  'profile-changed': true,
  'email-change-asked': true,
  'email-changed': true,
  'email-change-undone': true,
  'second-step-refused': true,
  'browser-copied': true,
  'passkey-doubted': true,
  'recovery-code-used': true,
  'recovery-codes-made': true,
  'factor-added': true,
  'factor-renamed': false,
  'factor-removed': true,
  'two-step-on': true,
  'two-step-off': true,
  'support-asked': true,
  'support-withdrawn': false,
  'support-read': false,
  'support-closed': false,
  'session-ended': false,
  'other-sessions-ended': false,
  'browser-forgotten': false,
  'consent-given': true,
  'access-removed': false,
  'data-exported': true,
  'account-closing': true,
  'account-kept': false,
}

/** `count`: how often, where it is many times in a line; `atLeast`: so often that not each was written down. The rest is of the latest. */
export type Happened = {
  id: string
  kind: ShownKind
  at: Date
  network: string
  userAgent: string
  count: number
  atLeast: boolean
  matters: boolean
  /** The id of the product it was about. */
  product?: string
  /** Which way to sign in was added, renamed or removed. */
  way?: FactorKind
}

const LINES = 15
const READ_AT_ONCE = 500

/** A page of it, and where the next one begins: the id of the last act told. */
export async function activityOf({ db }: Needs, { id }: Account, before: string | undefined) {
  const past = await historyOf(db, id, { except: hidden, before, count: READ_AT_ONCE })
  const lines: Happened[] = []
  let last: string | undefined
  for (const { facts, kind, ...act } of past) {
    if (!isShown(kind)) continue
    const line = lines.at(-1)
    const atLeast = timesOf(facts) > 1
    if (line && kind === 'sign-in-refused' && line.kind === kind) {
      line.count += timesOf(facts)
      line.atLeast ||= atLeast
    } else if (lines.length === LINES) return { lines, older: last }
    else
      lines.push({
        ...act,
        kind,
        count: timesOf(facts),
        atLeast,
        matters: matters[kind],
        ...productIn(facts),
        ...wayIn(facts),
      })
    last = act.id
  }
  return { lines, older: past.length === READ_AT_ONCE ? last : undefined }
}

const productIn = (facts: object) =>
  'product' in facts && typeof facts.product === 'string' ? { product: facts.product } : {}

const isWay = (it: unknown): it is FactorKind => typeof it === 'string' && Object.hasOwn(MOST_OF_A_KIND, it)
const wayIn = (facts: object) => ('way' in facts && isWay(facts.way) ? { way: facts.way } : {})

/**
 * Takes the account back for its mailbox: this session ends too, and a link to choose a password goes there. It is not shown
 * here: whoever has this session may be the one who was not meant to.
 */
export const wasNotMe = (needs: Needs, { id, email }: Account, origin: Origin) =>
  transact(needs.db, (tx) => disown(needs, tx, { account: id, mailbox: email, origin, toldAt: undefined }))

export const isEvent = (text: string): boolean => /^evt_[0-9a-f]{32}$/.test(text)
