/**
 * The history: every act that bears on the safety of an account, written in the transaction of the act. It is the audit
 * log: each row is linked to the one before it (chain.ts), verified by verify.ts, signed for by checkpoints.ts.
 */
import { before, type Clock, type Duration, days } from '../../platform/clock.ts'
import { beforeCommit, type Db, type Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { drawId, type Random } from '../../platform/random.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import { prove } from './chain.ts'
import {
  countKinds,
  insertLinked,
  type Past,
  pastOf,
  takePersonalAway,
  takeStrangersAway,
  timesOf,
  type Wanted,
} from './store.ts'

export type HistoryKind =
  | 'account-created'
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'password-reset-asked'
  | 'password-reset'
  | 'password-changed'
  | 'account-blocked'
  | 'account-unblocked'
  | 'not-me'
  | 'sign-in-doubted'
  | 'profile-changed'
  | 'email-change-asked'
  | 'email-changed'
  | 'email-change-undone'
  | 'email-fixed'
  | 'email-freed'
  | 'staff-marked'
  | 'staff-unmarked'
  | 'second-step-refused'
  | 'browser-copied'
  | 'passkey-doubted'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'factor-added'
  | 'factor-renamed'
  | 'factor-removed'
  | 'two-step-on'
  | 'two-step-off'
  | 'support-asked'
  | 'support-withdrawn'
  | 'support-read'
  | 'support-closed'
  | 'session-ended'
  | 'other-sessions-ended'
  | 'browser-forgotten'
  | 'consent-given'
  | 'access-removed'
  | 'data-exported'
  | 'account-closing'
  | 'account-kept'
  | 'account-erased'
  | 'accounts-imported'
  | 'accounts-exported'
  | 'policy-changed'
  | 'product-added'
  | 'product-changed'
  | 'product-removed'
  | 'keys-rotated'

export const theServiceItself: Origin = { network: '', userAgent: '', browser: '' }

export type Needs = { clock: Clock; random: Random; keyring: Keyring }
/** `personal`: facts of a person, such as an address. They go when the account is erased; `facts` stay for ever. */
export type Entry = { kind: HistoryKind; account?: AccountId; origin: Origin; facts?: object; personal?: object }

/**
 * Writes the act down as the last thing in this transaction, wherever the call stands: the head of the chain is locked
 * from then on (`beforeCommit`). For what changes something; anything else is a try (tries.ts).
 */
export const record = async (needs: Needs, tx: Tx, entry: Entry): Promise<void> => write(needs, tx, entry, true)

/** Not `isWritten`: the same work, and no row. */
export function write(needs: Needs, tx: Tx, entry: Entry, isWritten: boolean): void {
  const { clock, random } = needs
  const { kind, account = null, origin, facts = {}, personal = {} } = entry
  const id = drawId('evt', random, clock)
  const at = clock.now().toISOString().replace('Z', '000Z') // as exact as the database keeps it
  const kept = { id, at, kind, account, facts }
  const parts = { network: origin.network, userAgent: origin.userAgent, personal }
  const { text, ...proof } = prove(needs, kept, parts)
  beforeCommit(tx, () => insertLinked(tx, { ...kept, ...parts, ...proof }, text, isWritten))
}

/**
 * Takes away what the history knows of a person: networks, browsers, personal facts. What happened, when and to which
 * account stays, and the chain holds. In the transaction that records 'account-erased', by the service itself: without
 * that row what is missing counts as tampered with.
 */
export const forgetPerson = (tx: Tx, account: AccountId): Promise<void> => takePersonalAway(tx, account)

/** So long the network and browser of a stranger are kept at least (a setting, by default longer): gone before, they were tampered with. */
export const STRANGERS_KEPT_AT_LEAST = days(7)

/** Takes away the network and browser of refused sign-ins that belong to no account, after so long; the chain holds. */
export const forgetStrangers = (db: Db, now: Date, kept: Duration, count: number): Promise<number> =>
  takeStrangersAway(db, before(now, kept), count)

/** The acts of an account, newest first. */
export const historyOf = (db: Db, account: AccountId, wanted: Wanted): Promise<Past[]> => pastOf(db, account, wanted)

/** How often each kind of act was told of an account since then. */
export const countsSince = (db: Db, account: AccountId, since: Date): Promise<Map<HistoryKind, number>> =>
  countKinds(db, account, since)

export { type Past, timesOf }
