/** Table `outbox`. */
import { type Generated, type Insertable, sql } from 'kysely'
import { after, before, type Clock, type Duration, days, minutes } from '../clock.ts'
import { type Clear, clearBy } from '../database/clear-away.ts'
import type { Db, Row, Tx } from '../database/db.ts'
import type { Language } from '../languages/languages.ts'
import type { Topic } from './outbox.ts'

/** `waiting` to be carried out (again), `done`, or `dead`: refused for good, given up, or no longer useful. */
export type State = 'waiting' | 'done' | 'dead'

type OutboxTable = {
  id: string
  topic: Topic
  name: string
  account_id: string | null
  unproved: Generated<boolean>
  recipient: string | null
  language: Language | null
  reference: string | null
  sealed_facts: string | null
  state: State
  attempts: number
  due_at: Date
  useless_at: Date | null
  last_answer: string | null
  /** When it was posted, or, where it waits for its time, that. */
  made_at: Date
  settled_at: Date | null
}
declare module '../database/db.ts' {
  interface Tables {
    outbox: OutboxTable
  }
}
export type OutboxRow = Row<'outbox'>
type NewMessage = Omit<Insertable<OutboxTable>, 'state' | 'attempts' | 'last_answer' | 'settled_at'>

export async function insertMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ ...message, state: 'waiting', attempts: 0 })
    .execute()
}

/** What waits for nobody else: the mails, the texts, the calls, the jobs, and the logout tokens of each product by itself. */
const lane = sql<string>`case topic when 'logout' then 'logout to ' || name else topic end`
export type TakenRow = OutboxRow & { lane: string }

/**
 * Takes what is due, up to `count` messages of every lane less those that are `busy` in it, for as long as `lease`:
 * nobody else takes them before it ends, and then anybody may, so that a dispatcher which died loses nothing. One
 * statement decides who gets what.
 */
export async function takeDue(
  db: Db,
  now: Date,
  lease: Duration,
  count: number,
  busy: Readonly<Record<string, number>> = {},
): Promise<TakenRow[]> {
  const due = sql`state = 'waiting' and due_at <= ${now}`
  const { rows } = await sql<TakenRow>`with taken as materialized (
      select it.id, lanes.lane from (select distinct ${lane} as lane from outbox where ${due}) as lanes
      cross join lateral (
        select id from outbox where ${due} and ${lane} = lanes.lane order by due_at
        limit ${count} - coalesce((${JSON.stringify(busy)}::jsonb ->> lanes.lane)::int, 0) for update skip locked
      ) as it)
    update outbox set due_at = ${after(now, lease)}, attempts = attempts + 1
    from taken where outbox.id = taken.id returning outbox.*, taken.lane`.execute(db)
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * Its end, good or bad. The facts, which may hold a code or a link, are gone with it; a job that is done leaves nothing, as
 * what came of it stands in rows of its own.
 */
export async function completeMessage(
  db: Db,
  { id, topic }: Pick<OutboxRow, 'id' | 'topic'>,
  state: 'done' | 'dead',
  answer: string,
  now: Date,
): Promise<void> {
  if (topic === 'job' && state === 'done') {
    await db.deleteFrom('outbox').where('id', '=', id).execute()
    return
  }
  await db
    .updateTable('outbox')
    .set({ state, last_answer: answer.slice(0, 500), settled_at: now, sealed_facts: null })
    .where('id', '=', id)
    .execute()
}

/** Says when it is tried again, unless it was given back or taken anew meanwhile. */
export async function retryAt(db: Db, { id, attempts }: OutboxRow, dueAt: Date, answer: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ due_at: dueAt, last_answer: answer.slice(0, 500) })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

/** Gives back what was taken and not begun: an orderly stop leaves nothing under lease. */
export async function giveBack(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('outbox')
    .set((eb) => ({ due_at: now, attempts: eb('attempts', '-', 1) }))
    .where('id', 'in', ids)
    .execute()
}

export type Delivery = { state: State; attempts: number; answer: string | null; at: Date }

/** How long it can be read what became of a message; of one that is about no account, while a page may wait for it. */
const SETTLED_MESSAGES_STAY = days(30)
const THOSE_OF_NOBODY_STAY = minutes(30)

/**
 * What is known of the newest message with this reference: has the mail server taken it, and when? For as long as that is
 * known of any: else a page would tell by the letter that it shows whether there is an account.
 */
export async function deliveryOf(
  { db, clock }: { db: Db; clock: Clock },
  reference: string,
): Promise<Delivery | undefined> {
  const since = before(clock.now(), THOSE_OF_NOBODY_STAY)
  const row = await db
    .selectFrom('outbox')
    .select(['state', 'attempts', 'last_answer', 'made_at', 'settled_at'])
    .where('reference', '=', reference)
    .where((eb) => eb.or([eb('settled_at', 'is', null), eb('settled_at', '>', since)]))
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { state: row.state, attempts: row.attempts, answer: row.last_answer, at: row.settled_at ?? row.made_at }
}

/** What was sent to the person of an account lately, the newest first. */
export const messagesOf = (db: Db, account: string) =>
  db
    .selectFrom('outbox')
    .select(['name', 'recipient', 'state', 'made_at', 'settled_at'])
    .where('account_id', '=', account)
    .where('recipient', 'is not', null)
    .where('unproved', '=', false)
    .orderBy('made_at', 'desc')
    .execute()

/** A code that went to this recipient came back: what carried it was sent to the person of this account. */
export async function recipientProved(
  tx: Tx,
  account: string,
  { reference, to }: { reference: string; to: string },
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ account_id: account, unproved: false })
    .where('reference', '=', reference)
    .where('recipient', '=', to)
    .where((eb) => eb.or([eb('account_id', 'is', null), eb('account_id', '=', account)]))
    .execute()
}

/** Nothing is left of what tells of an account, and nothing of it that waits is sent. */
export async function forgetMessagesOf(tx: Tx, account: string): Promise<void> {
  await tx.deleteFrom('outbox').where('account_id', '=', account).execute()
}

/** How many messages wait to leave, and since when the oldest does, for the metrics; without those whose time has not come. */
export async function backlog(db: Db, now: Date): Promise<{ waiting: number; oldest: Date | null }> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => [eb.fn.countAll<string>().as('waiting'), eb.fn.min('made_at').as('oldest')])
    .where('state', '=', 'waiting')
    .where('made_at', '<=', now)
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), oldest: row.oldest }
}

const settledBefore = clearBy('outbox', 'settled_at')
const ofNobodyBefore = clearBy('outbox', 'settled_at', sql`account_id is null`)

export const deleteOldMessages: Clear = (needs, now, count) =>
  settledBefore(needs, before(now, SETTLED_MESSAGES_STAY), count)
export const deleteMessagesOfNobody: Clear = (needs, now, count) =>
  ofNobodyBefore(needs, before(now, THOSE_OF_NOBODY_STAY), count)
