/** Tables `history`, `history_heads` and `history_checkpoints`: the audit log, where it ends, what was signed of it. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { EventKind } from '../catalogue.ts'
import { type ChainPosition, type Kept, linkOf, type Personal, type RowProof, type WrittenActor } from './chain.ts'

type HistoryTable = {
  id: string
  at: Date
  kind: EventKind
  account_id: AccountId | null
  actor: WrittenActor
  facts: object
  personal: object
  network: string
  user_agent: string
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    history: HistoryTable
    history_heads: { chain: string; seq: string; hash: string }
    history_checkpoints: { chain: string; hash: string; leased_until: Date }
  }
}

export const CHAIN = 'history'
/** Without an account, the act of somebody unknown. */
export const STRANGERS = 'sign-in-refused' satisfies EventKind

/** A row with its place and its proof; a place of null is outside of the chain. */
export type Linked = Kept & Personal & RowProof & { seq: number | null; hash: string }

type Row = {
  id: string
  at: string
  kind: string
  account_id: string | null
  actor: WrittenActor
  facts: object
  personal: object
  network: string
  user_agent: string
  seq: string | null
  hash: string | null
  row_mark: string | null
  commitment: string | null
  salt: string | null
}

const row = sql`id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind, account_id, actor, facts,
  personal, network, user_agent, seq, hash, row_mark, commitment, salt`

const fromRow = (row: Row): Linked => ({
  id: row.id,
  at: row.at,
  kind: row.kind,
  account: row.account_id,
  actor: row.actor,
  facts: row.facts,
  personal: row.personal,
  network: row.network,
  userAgent: row.user_agent,
  seq: row.seq === null ? null : Number(row.seq),
  hash: row.hash ?? '',
  mark: row.row_mark ?? '',
  commitment: row.commitment ?? '',
  salt: row.salt,
})

/**
 * Links a row to the chain and writes it, in one statement. Who comes first has the next place; the others wait for
 * that transaction to end, so that there is neither a gap nor a fork. Not `isWritten`: the head is held, and stays.
 */
export async function insertLinked(
  tx: Tx,
  row: Kept & Personal & RowProof,
  text: string,
  isWritten: boolean,
): Promise<void> {
  const { id, at, kind, account, actor, facts, personal, network, userAgent, mark, commitment, salt } = row
  await sql`with head as (
      insert into history_heads as h (chain, seq, hash)
        values (${CHAIN}, ${isWritten ? 1 : 0}, ${isWritten ? linkOf('', text) : ''})
      on conflict (chain) do update set seq = h.seq + excluded.seq,
        hash = case when excluded.seq = 0 then h.hash
          else encode(sha256(convert_to(h.hash || ${text}, 'UTF8')), 'hex') end
      returning seq, hash)
    insert into history (id, at, kind, account_id, actor, facts, personal, network, user_agent,
      row_mark, commitment, salt, seq, hash)
    select ${id}, ${at}::timestamptz, ${kind}, ${account}, ${JSON.stringify(actor)}::jsonb, ${JSON.stringify(facts)}::jsonb,
      ${JSON.stringify(personal)}::jsonb, ${network}, ${userAgent}, ${mark}, ${commitment}, ${salt}, seq, hash
    from head where ${isWritten}`.execute(tx)
}

/** The rows after a place, and the head, as they were at one moment. */
export async function readFrom(db: Db, after: number, count: number) {
  const { rows } = await sql<Row & { head_seq: string | null; head_hash: string | null }>`
    select linked.*, head.seq as head_seq, head.hash as head_hash from (select 1) one
    left join (select seq, hash from history_heads where chain = ${CHAIN}) head on true
    left join (select ${row} from history where seq > ${after} order by seq limit ${count}) linked on true
    order by linked.seq`.execute(db)
  const [first] = rows
  const head: ChainPosition | undefined =
    first?.head_seq && first.head_hash !== null ? { seq: Number(first.head_seq), hash: first.head_hash } : undefined
  return { rows: rows.filter(({ id }) => id !== null).map(fromRow), head }
}

/** Every row, wherever it says that it stands. */
export async function readById(db: Db, after: string, count: number): Promise<Linked[]> {
  const { rows } = await sql<Row>`select ${row} from history where id > ${after} order by id limit ${count}`.execute(db)
  return rows.map(fromRow)
}

/** A row that stands nowhere, or before the first place. */
export async function findOutside(db: Db): Promise<Linked | undefined> {
  const { rows } = await sql<Row>`select ${row} from history where seq is null or seq < 1 order by id limit 1`.execute(
    db,
  )
  return rows.map(fromRow)[0]
}

export async function hashesAt(db: Db, places: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ seq: string; hash: string | null }>`
    select seq, hash from history where seq = any (${places})`.execute(db)
  return new Map(rows.map(({ seq, hash }) => [Number(seq), hash ?? '']))
}

/** Which of the accounts were erased, says the log itself. */
export async function erasedAmong(db: Db, accounts: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ account_id: string }>`select distinct account_id from history
    where account_id = any (${accounts}) and kind = 'account-erased' and seq is not null`.execute(db)
  return new Set(rows.map((row) => row.account_id))
}

export async function takePersonalAway(tx: Tx, account: AccountId): Promise<void> {
  await sql`update history set salt = null, network = '', user_agent = '', personal = '{}'::jsonb
    where account_id = ${account}`.execute(tx)
}

/** Deletes refused sign-ins at addresses without an account, from before then; answers how many. */
export async function takeStrangersAway(db: Db, before: Date, count: number): Promise<number> {
  const { rows } = await sql`update history set salt = null, network = '', user_agent = '', personal = '{}'::jsonb
    where id in (select id from history where account_id is null and kind = ${STRANGERS} and salt is not null
      and at < ${before} order by at limit ${count}) returning id`.execute(db)
  return rows.length
}

export type Past = {
  id: string
  at: Date
  kind: EventKind
  actor: WrittenActor
  facts: object
  network: string
  userAgent: string
}

/** `before`: the id of the last one seen. */
export type Wanted = { except: readonly EventKind[]; before: string | undefined; count: number }

export const pastOf = (db: Db, account: AccountId, { except, before, count }: Wanted): Promise<Past[]> =>
  db
    .selectFrom('history')
    .select(['id', 'at', 'kind', 'actor', 'facts', 'network', 'user_agent as userAgent'])
    .where('account_id', '=', account)
    .$if(except.length > 0, (query) => query.where('kind', 'not in', except))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(count)
    .execute()

/**
 * The head, if it was not signed for yet and nobody is about to: of several processes one gets it. The lease never
 * reaches further than `until`, so that nobody puts an end to checkpoints by setting it.
 */
export async function leaseCheckpoint(
  db: Db,
  now: Date,
  until: Date,
  whoever: boolean,
): Promise<ChainPosition | undefined> {
  const { rows } = await sql<{ seq: string; head: string }>`
    insert into history_checkpoints (chain, hash, leased_until)
      select chain, '', ${until} from history_heads where chain = ${CHAIN} and seq > 0
    on conflict (chain) do update set leased_until = ${until}
      where history_checkpoints.hash <> (select hash from history_heads where chain = ${CHAIN})
        and (${whoever} or history_checkpoints.leased_until <= ${now} or history_checkpoints.leased_until > ${until})
    returning (select seq from history_heads where chain = ${CHAIN}) as seq,
      (select hash from history_heads where chain = ${CHAIN}) as head`.execute(db)
  return rows.map(({ seq, head }) => ({ seq: Number(seq), hash: head }))[0]
}

export async function checkpointWritten(db: Db, { hash }: ChainPosition): Promise<void> {
  await sql`update history_checkpoints set hash = ${hash} where chain = ${CHAIN}`.execute(db)
}

/** How many acts a row stands for: half of those it counts, which are those since the row of its kind before (attempts.ts). */
export const timesOf = (facts: object): number =>
  'times' in facts && typeof facts.times === 'number' ? facts.times / 2 : 1

/** How often each kind of act was told of an account since then. */
export async function countKinds(db: Db, account: AccountId, since: Date): Promise<Map<EventKind, number>> {
  const rows = await db
    .selectFrom('history')
    .select(['kind', sql<number>`sum(coalesce((facts ->> 'times')::int / 2, 1))::int`.as('count')])
    .where('account_id', '=', account)
    .where('at', '>', since)
    .groupBy('kind')
    .execute()
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
