/**
 * Finding people by the beginning of their address or of either name, page after page. Each way is one walk along an
 * index, so that a page costs the same whatever was typed; who is found in two ways is shown once.
 */
import { sql } from 'kysely'
import type { Db, Row } from '../../../platform/database/db.ts'
import { type Account, type AccountId, fromRow } from './store.ts'

// The same as in db/migrations, for the columns name_key and surname_key.
const ACCENTED = 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ'
const PLAIN = 'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
/** After everything that begins alike: no text has this, the last of all code points. */
const END = '\u{10ffff}'

/** The last one of a page: what it was found by, and its id. */
export type Cursor = { key: string; id: AccountId }
export type Page = { accounts: Account[]; next: Cursor | undefined }

/** Everybody, in the order of their ids: those who came first come first. */
export async function listAccounts(db: Db, after: Cursor | undefined, limit: number): Promise<Page> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '>', after?.id ?? ('' as AccountId))
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return page(
    rows.map((row) => ({ ...row, key: '' })),
    limit,
  )
}

/** Whose address, first or last name begins with `typed`, in the order of what begins so. */
export async function searchAccounts(db: Db, typed: string, after: Cursor | undefined, limit: number): Promise<Page> {
  const address = sql`fold_email_key(lower(${typed})) collate "C"`
  const name = sql`translate(lower(${typed}), ${ACCENTED}, ${PLAIN}) collate "C"`
  const byAddress = begins(sql`(email_key collate "C")`, address)
  const byName = begins(sql`name_key`, name)
  const bySurname = begins(sql`surname_key`, name)
  const walk = (key: typeof name, found: typeof name, notBy: typeof name) => sql`(
    select ${key} as key, a.* from accounts a where ${found} and not ${notBy}
    ${after ? sql`and (${key}, id) > (${after.key} collate "C", ${after.id})` : sql``}
    order by ${key}, id limit ${limit + 1})`
  const { rows } = await sql<Row<'accounts'> & { key: string }>`
    select * from (
      ${walk(sql`(email_key collate "C")`, byAddress, sql`false`)} union all
      ${walk(sql`name_key`, byName, byAddress)} union all
      ${walk(sql`surname_key`, bySurname, sql`(${byAddress} or ${byName})`)}
    ) as found order by key collate "C", id limit ${limit + 1}`.execute(db)
  return page(rows, limit)
}

const begins = (key: ReturnType<typeof sql>, beginning: ReturnType<typeof sql>) =>
  sql`(${key} >= ${beginning} and ${key} < ${beginning} || ${END})`

function page(rows: (Row<'accounts'> & { key: string })[], limit: number): Page {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { accounts: shown.map(fromRow), next: last && { key: last.key, id: last.id } }
}
