/**
 * How much strangers can make us keep: of what they begin, the newest of a site are kept, the newest over all, and fewer of
 * what is long. Nobody is refused: who began what was let go begins it again. In the statement that adds one.
 */
import { type RawBuilder, sql } from 'kysely'

/** `long`: over all, of those of more than 4 kB. With what has 10 kB, all of it together is some 20 MB. */
export type Most = { site: number; everywhere: number; long: number }
export const MOST: Most = { site: 1_000, everywhere: 5_000, long: 1_000 }
/** Nothing stands in for the code of a device that was let go, and it is small: many sites are needed to crowd out one. */
export const MOST_CODES: Most = { site: 1_000, everywhere: 30_000, long: 1_000 }

/** `others`: the rows of strangers but the one that is added. `newest`: their order. `text`: what is long, as the index says it. */
export type Kept = {
  table: 'journeys' | 'oidc_records'
  others: RawBuilder<unknown>
  site: string | null
  newest: RawBuilder<unknown>
  text: RawBuilder<unknown>
}

/**
 * Deletes those that are too many with the one that is added. Who adds one at the same moment has the same ones in view:
 * each goes once, and nobody waits for it.
 */
export function letGo({ table, others, site, newest, text }: Kept, { site: ofSite, everywhere, long }: Most) {
  const rows = sql.table(table)
  const beyond = (which: RawBuilder<unknown>, count: number) =>
    sql`(select ctid from ${rows} where network is not null and ${others} and ${which} order by ${newest} desc offset ${count - 1})`
  const tooMany = sql`${beyond(sql`network = ${site}`, ofSite)} union ${beyond(sql`true`, everywhere)}
    union ${beyond(sql`octet_length(${text}) > 4096`, long)}`
  return sql<never>`(delete from ${rows} where ${site}::text is not null and ctid = any(array(
    select ctid from ${rows} where ctid = any(array(${tooMany})) for update skip locked)))`
}
