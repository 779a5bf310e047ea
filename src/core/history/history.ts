/** Table `history`: every act that bears on the safety of an account, written in the transaction of the act. */
import type { Clock } from '../../platform/clock.ts'
import type { Db, Row, Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { drawId, type Random } from '../../platform/random.ts'
import type { AccountId } from '../account/store.ts'

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
  | 'policy-changed'
  | 'product-added'
  | 'product-changed'
  | 'product-removed'
  | 'keys-rotated'

type HistoryTable = {
  id: string
  at: Date
  kind: HistoryKind
  account_id: AccountId | null
  facts: object
  network: string
  user_agent: string
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    history: HistoryTable
  }
}

export const theServiceItself: Origin = { network: '', userAgent: '', browser: '' }

/** What the history knows of a person goes; what happened to which account, and when, stays. */
export async function forgetPerson(tx: Tx, account: AccountId): Promise<void> {
  await tx.updateTable('history').set({ network: '', user_agent: '' }).where('account_id', '=', account).execute()
}

export type Past = Pick<Row<'history'>, 'id' | 'at' | 'kind' | 'facts' | 'network' | 'user_agent'>

/** The acts of an account, newest first; `before` is the id of the last one seen. */
export const historyOf = (db: Db, account: AccountId, before: string | undefined, count: number): Promise<Past[]> =>
  db
    .selectFrom('history')
    .select(['id', 'at', 'kind', 'facts', 'network', 'user_agent'])
    .where('account_id', '=', account)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(count)
    .execute()

export type Needs = { clock: Clock; random: Random }
export type Entry = { kind: HistoryKind; account?: AccountId; origin: Origin; facts?: object }

export async function record({ clock, random }: Needs, tx: Tx, { kind, account, origin, facts }: Entry): Promise<void> {
  await tx
    .insertInto('history')
    .values({
      id: drawId('evt', random, clock),
      at: clock.now(),
      kind,
      account_id: account ?? null,
      facts: facts ?? {},
      network: origin.network,
      user_agent: origin.userAgent,
    })
    .execute()
}
