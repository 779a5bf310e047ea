/**
 * The history: every event (core/events), written in the transaction of the act. It is the audit log: each row is linked to
 * the one before it (chain.ts), verified by verify.ts, signed for by checkpoints.ts.
 */
import { before, type Duration, days } from '../../../platform/clock.ts'
import type { Clear } from '../../../platform/database/clear-away.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { EventKind } from '../catalogue.ts'
import { countKinds, type Past, pastOf, takePersonalAway, takeStrangersAway, timesOf, type Wanted } from './store.ts'

/**
 * Takes away what the history knows of a person: networks, browsers, personal facts. What happened, when and to which
 * account stays, and the chain holds. In the transaction that records 'account-erased', by the service itself: without
 * that row what is missing counts as tampered with.
 */
export const forgetPerson = (tx: Tx, account: AccountId): Promise<void> => takePersonalAway(tx, account)

/** So long the network and browser of a stranger are kept at least (a setting, by default longer): gone before, they were tampered with. */
export const STRANGERS_KEPT_AT_LEAST = days(7)

/** Takes away the network and browser of refused sign-ins that belong to no account, after so long; the chain holds. */
export const forgetStrangers: Clear<{ db: Db; figures: { strangersKept: Duration } }> = ({ db, figures }, now, count) =>
  takeStrangersAway(db, before(now, figures.strangersKept), count)

/** The acts of an account, newest first. */
export const historyOf = (db: Db, account: AccountId, wanted: Wanted): Promise<Past[]> => pastOf(db, account, wanted)

/** How often each kind of act was told of an account since then. */
export const countsSince = (db: Db, account: AccountId, since: Date): Promise<Map<EventKind, number>> =>
  countKinds(db, account, since)

export { type Past, timesOf }
