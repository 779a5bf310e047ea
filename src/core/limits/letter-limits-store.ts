/** Table `letter_counts`: when letters that anybody can cause went to an address. */
import { type RawBuilder, sql } from 'kysely'
import { after, before } from '../../platform/clock.ts'
import { clearBy } from '../../platform/database/clear-away.ts'
import type { Tx } from '../../platform/database/db.ts'
import { type LimitFigures, windowOf } from './counters/limits.ts'

type LetterCountsTable = {
  address_mark: string
  /** All but those that went from a reserve. */
  sent_at: Date[]
  kept_code_at: Date | null
  kept_reset_at: Date | null
  held_until: Date | null
  expires_at: Date
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    letter_counts: LetterCountsTable
  }
}

/** How many letters may go to one address in any minute, hour and day. */
export type MailLimits = LimitFigures<'letters-minute' | 'letters-hour' | 'letters-day'>['limits']

/** What a letter brings: a link to reset the password, or a code and what else there is. One room a day is kept for each. */
export type Kind = 'code' | 'reset'
const RESERVED_A_DAY = 2

/**
 * Reserves one letter, if the limits allow one: one statement, which locks the row whatever it finds. First from what is for all
 * kinds, then the reserve of this kind. `isReserve`: it was the reserve.
 */
export async function takeMailQuota(tx: Tx, mark: string, kind: Kind, now: Date, limits: MailLimits) {
  const { 'letters-minute': minute, 'letters-hour': hour, 'letters-day': day } = limits
  const minuteAgo = before(now, windowOf('letters-minute'))
  const hourAgo = before(now, windowOf('letters-hour'))
  const dayAgo = before(now, windowOf('letters-day'))
  const kept = sql.ref(`kept_${kind}_at`)
  const sent = (times: RawBuilder<unknown>, since: Date) =>
    sql`(select count(*) from unnest(${times}) as at where at > ${since})`
  const isThere = Math.min(hour, day) > RESERVED_A_DAY
  const isOpen = sql`(${sent(sql`it.sent_at`, hourAgo)} < ${hour - RESERVED_A_DAY} and ${sent(sql`it.sent_at`, dayAgo)} < ${day - RESERVED_A_DAY})`
  const { rows } = await sql<{ isReserve: boolean }>`
    insert into letter_counts as it (address_mark, sent_at, ${kept}, expires_at)
    values (${mark}, ${isThere ? sql`array[${now}::timestamptz]` : sql`'{}'`}, ${isThere ? null : now}::timestamptz, ${after(now, windowOf('letters-day'))})
    on conflict (address_mark) do update set
      sent_at = array(select at from unnest(it.sent_at) as at where at > ${dayAgo})
        || case when ${isOpen} then array[${now}::timestamptz] else '{}' end,
      ${kept} = case when ${isOpen} then it.${kept} else ${now} end,
      expires_at = excluded.expires_at
    where ${sent(sql`it.sent_at || it.kept_code_at || it.kept_reset_at`, minuteAgo)} < ${minute}
      and (${isOpen} or coalesce(it.${kept} <= ${dayAgo}, true))
    returning ${kept} is not distinct from ${now} as "isReserve"`.execute(tx)
  return rows[0]
}

/** When letters went, the oldest first. */
export async function sentTo(tx: Tx, mark: string): Promise<Date[]> {
  const query = tx.selectFrom('letter_counts').selectAll().where('address_mark', '=', mark)
  const row = await query.executeTakeFirst()
  const sent = row ? [...row.sent_at, row.kept_code_at, row.kept_reset_at] : []
  return sent.filter((at) => at !== null).sort((a, b) => a.getTime() - b.getTime())
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
