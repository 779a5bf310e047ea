/** Table `letter_counts`: when letters that anybody can cause went to an address. */
import { sql } from 'kysely'
import { after, before, days, hours, minutes } from '../../platform/clock.ts'
import { clearBy } from '../../platform/database/clear-away.ts'
import type { Tx } from '../../platform/database/db.ts'

type LetterCountsTable = { address_mark: string; sent_at: Date[]; held_until: Date | null; expires_at: Date }
declare module '../../platform/database/db.ts' {
  interface Tables {
    letter_counts: LetterCountsTable
  }
}

/** How many letters may go to one address in any minute, hour and day. */
export type Caps = { minute: number; hour: number; day: number }

/**
 * Takes room for one letter, if there is any: one statement, which locks the row whatever it finds. Answers how many have
 * gone in this hour and day, with this one.
 */
export async function takeRoom(tx: Tx, mark: string, now: Date, caps: Caps) {
  const [hourAgo, dayAgo] = [before(now, hours(1)), before(now, days(1))]
  const { rows } = await sql<{ hour: number; day: number }>`
    insert into letter_counts as it (address_mark, sent_at, expires_at)
    values (${mark}, array[${now}::timestamptz], ${after(now, days(1))})
    on conflict (address_mark) do update set
      sent_at = array(select at from unnest(it.sent_at) as at where at > ${dayAgo}) || excluded.sent_at,
      expires_at = excluded.expires_at
    where (
      select count(*) filter (where at > ${before(now, minutes(1))}) < ${caps.minute}
        and count(*) filter (where at > ${hourAgo}) < ${caps.hour}
        and count(*) filter (where at > ${dayAgo}) < ${caps.day}
      from unnest(it.sent_at) as at)
    returning cardinality(sent_at) as day,
      (select count(*) from unnest(sent_at) as at where at > ${hourAgo})::integer as hour`.execute(tx)
  return rows[0]
}

export async function sentTo(tx: Tx, mark: string): Promise<Date[]> {
  const query = tx.selectFrom('letter_counts').select('sent_at').where('address_mark', '=', mark)
  return (await query.executeTakeFirst())?.sent_at ?? []
}

/** Lets one letter wait until then; false where one waits already. */
export async function holdOne(tx: Tx, mark: string, now: Date, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('letter_counts')
    .set({ held_until: until })
    .where('address_mark', '=', mark)
    .where((eb) => eb.or([eb('held_until', 'is', null), eb('held_until', '<=', now)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function forgetLetters(tx: Tx, mark: string): Promise<void> {
  await tx.deleteFrom('letter_counts').where('address_mark', '=', mark).execute()
}

export const deleteExpiredLetterCounts = clearBy('letter_counts', 'expires_at')
