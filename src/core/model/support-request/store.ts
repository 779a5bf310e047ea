/** Table `support_requests`: who asked support for help, at most one open for an account. */
import { sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import { type AccountId, addressOfEach } from '../account/store.ts'

declare const brand: unique symbol
/** `KFM-273`: short, to be read aloud, without signs that look or sound alike. It is no secret. */
export type Reference = string & { readonly [brand]: 'Reference' }
/** `withdrawn`: somebody at the mailbox, or signed in, said that it was not them. */
export type RequestState = 'open' | 'closed' | 'withdrawn'

type SupportRequestsTable = {
  reference: Reference
  account_id: AccountId
  state: RequestState
  /** What the person typed, sealed. */
  sealed_said: string
  made_at: Date
  ended_at: Date | null
  expires_at: Date
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    support_requests: SupportRequestsTable
  }
}
export type RequestRow = Row<'support_requests'>

/** False where the account has an open one, or another has the reference: of two at once, the unique index lets one in. */
export async function insertRequest(tx: Tx, row: RequestRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('support_requests')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const openRequestOf = (db: Db | Tx, account: AccountId, now: Date): Promise<RequestRow | undefined> =>
  db
    .selectFrom('support_requests')
    .selectAll()
    .where('account_id', '=', account)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** All of an account, the newest first. */
export const requestsOf = (db: Db, account: AccountId, now: Date): Promise<RequestRow[]> =>
  db
    .selectFrom('support_requests')
    .selectAll()
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('made_at', 'desc')
    .execute()

/** Every one, or those of one reference, with the address of its account. */
const everyRequest = (db: Db | Tx, now: Date) =>
  db
    .selectFrom('support_requests')
    .innerJoin(addressOfEach(db).as('person'), 'person.id', 'account_id')
    .selectAll('support_requests')
    .select('email')
    .where('expires_at', '>', now)
export type ListedRequest = RequestRow & { email: string }

export const findRequest = (db: Db | Tx, reference: Reference, now: Date): Promise<ListedRequest | undefined> =>
  everyRequest(db, now).where('reference', '=', reference).executeTakeFirst()

/** `after`: the last one of the page before. */
export type WantedRequests = { open: boolean; after: Reference | undefined; limit: number }

/** The oldest first. */
export const listRequests = (db: Db, now: Date, { open, after, limit }: WantedRequests): Promise<ListedRequest[]> =>
  everyRequest(db, now)
    .$if(open, (query) => query.where('state', '=', 'open'))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(made_at, reference) > (select made_at, reference from support_requests where reference = ${after})`,
      ),
    )
    .orderBy('made_at')
    .orderBy('reference')
    .limit(limit)
    .execute()

export async function countOpenRequests(db: Db, now: Date): Promise<number> {
  const query = db.selectFrom('support_requests').select(sql<number>`count(*)::int`.as('count'))
  return (await query.where('state', '=', 'open').where('expires_at', '>', now).executeTakeFirstOrThrow()).count
}

/** Ends the open one of an account, or of that reference; answers it to the one caller who did. */
export const endRequest = (
  tx: Tx,
  which: Pick<RequestRow, 'account_id'> | Pick<RequestRow, 'reference'>,
  state: Exclude<RequestState, 'open'>,
  now: Date,
): Promise<RequestRow | undefined> =>
  tx
    .updateTable('support_requests')
    .set({ state, ended_at: now })
    .where((eb) => eb.and(which))
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Of one account; one that is over but still there would be in the way of a new one. */
export async function deleteEndedRequests(tx: Tx, account: AccountId, now: Date): Promise<void> {
  await tx.deleteFrom('support_requests').where('account_id', '=', account).where('expires_at', '<=', now).execute()
}

export const deleteExpiredRequests = clearBy('support_requests', 'expires_at')
