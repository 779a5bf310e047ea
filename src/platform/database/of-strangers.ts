/**
 * How much strangers can make us keep: of what they begin, the newest of a site are kept, the newest over all, and fewer of
 * what is long. Nobody is refused: who began what was let go begins it again. In the statement that adds one.
 *
 * With the longest texts there may be, all of it together is some 20 MB, indexes included (app/strangers.test.ts).
 */
import { type RawBuilder, sql } from 'kysely'

/** `long`: over all, of what is long; a request is, where it does not fit into a cookie of its browser (journey/frame.ts). */
export type Most = { site: number; everywhere: number; long: number }

/** Requests of products: what was let go begins again from what its browser keeps. */
export const MOST: Most = { site: 200, everywhere: 800, long: 100 }
/** What a browser comes for within a minute: to crowd one out takes so many in the moment between. */
export const MOST_PUSHED: Most = { site: 500, everywhere: 1_000, long: 100 }
/** Nothing stands in for the code of a device that was let go, and it is small: many sites are needed to crowd out one. */
export const MOST_CODES: Most = { site: 300, everywhere: 8_000, long: 500 }
/** Sign-ups that wait for their code, for days: each was counted before, and costs some work past a figure. */
export const mostSignUps = (everywhere: number): Most => ({ site: 300, everywhere, long: 100 })

/**
 * `others`: the rows of strangers but the one that is added. `from`: the column that says of which site they are. `newest`:
 * their order, of which there is one. `isLong`: what is long, as the index says it.
 */
export type Kept = {
  table: 'journeys' | 'oidc_records'
  others: RawBuilder<unknown>
  from: 'network' | 'sign_up_network'
  site: string | null
  newest: RawBuilder<unknown>
  isLong: RawBuilder<unknown>
}

/**
 * Deletes those that are too many with the one that is added. Who adds one at the same moment has the same ones in view:
 * each goes once, and nobody waits for it.
 */
export function letGo({ table, others, from, site, newest, isLong }: Kept, { site: ofSite, everywhere, long }: Most) {
  const [rows, network] = [sql.table(table), sql.ref(from)]
  const beyond = (which: RawBuilder<unknown>, count: number) =>
    sql`(select ctid from ${rows} where ${network} is not null and ${others} and ${which} order by ${newest} offset ${count - 1})`
  const tooMany = sql`${beyond(sql`${network} = ${site}`, ofSite)} union ${beyond(sql`true`, everywhere)}
    union ${beyond(isLong, long)}`
  return sql<never>`(delete from ${rows} where ${site}::text is not null and ctid = any(array(
    select ctid from ${rows} where ctid = any(array(${tooMany})) for update skip locked)))`
}
