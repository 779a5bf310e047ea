/** Table `history`: every act that bears on the safety of an account, written in the transaction of the act. */
import type { Clock } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
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

/** How often each kind of act was written down of an account since then. */
export async function countsSince(db: Db, account: AccountId, since: Date): Promise<Map<HistoryKind, number>> {
  const rows = await db
    .selectFrom('history')
    .select((eb) => ['kind', eb.cast<number>(eb.fn.countAll(), 'integer').as('count')])
    .where('account_id', '=', account)
    .where('at', '>', since)
    .groupBy('kind')
    .execute()
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
