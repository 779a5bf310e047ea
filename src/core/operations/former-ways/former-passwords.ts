/** Table `former_ways`, its passwords: those that were replaced lately, and those that were turned off. */
import { sql } from 'kysely'
import { after, type Clock } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { Random } from '../../../platform/random.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { HashedPassword } from '../../model/password/hashing.ts'
import { keep, RESTORABLE_FOR } from './former-factors.ts'

type Needs = { clock: Clock; random: Random }

/** So many are kept of those replaced in a week: the first ones, which the owner knows. Changing it again pushes none out. */
const REPLACED = 5
/** Each costs a hash: all that "It was not me" turned off at one time, and some of the time before. */
const COMPARED = 8

/** Keeps a password in whose place another one is put. The caller holds the account. */
export async function keepReplaced(needs: Needs, tx: Tx, account: AccountId, password: HashedPassword): Promise<void> {
  const now = needs.clock.now()
  const kept = tx.selectFrom('former_ways').select('id').where('account_id', '=', account).where('kept_until', '>', now)
  const replaced = await kept.where(sql`facts ->> 'replaced'`, 'is not', null).limit(REPLACED).execute()
  if (replaced.length === REPLACED) return
  await keep(needs, tx, account, now, { kind: 'password', facts: { password, replaced: true } })
}

/** Keeps a password that is turned off, if there is one; those that were replaced lately are turned off with it. */
export async function keepTurnedOff(
  needs: Needs,
  tx: Tx,
  account: AccountId,
  password: HashedPassword | undefined,
): Promise<void> {
  const now = needs.clock.now()
  if (password) await keep(needs, tx, account, now, { kind: 'password', facts: { password } })
  await sql`update former_ways set facts = facts - 'replaced', kept_until = ${after(now, RESTORABLE_FOR)}
    where account_id = ${account} and kind = 'password' and kept_until > ${now}
    and facts ->> 'replaced' is not null`.execute(tx)
}

/** Those of the newest time first, and of one time the first. `replaced`: those as well that were not turned off. */
export async function formerPasswords(
  db: Db,
  account: AccountId,
  now: Date,
  { replaced }: { replaced: boolean },
): Promise<HashedPassword[]> {
  const { rows } = await sql<{ password: HashedPassword }>`select facts -> 'password' as password
    from former_ways where account_id = ${account} and kind = 'password' and kept_until > ${now}
    and (${replaced} or facts ->> 'replaced' is null)
    order by kept_until desc, ended_at, id limit ${COMPARED}`.execute(db)
  return rows.map(({ password }) => password)
}
