/**
 * A password that was turned off because somebody else may know it is not chosen again, as long as that is known: a week. Nor
 * are those of the week before: an intruder may have replaced one that they knew.
 *
 *   replaced ──► kept for a week ──► "It was not me" ──► turned off, for a week from then
 */
import type { Clock } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { Random } from '../../../platform/random.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { Hashing } from '../../model/password/hashing.ts'
import type { Password } from '../../model/password/policy.ts'
import { deletePassword, findPassword } from '../../model/password/store.ts'
import { formerPasswords, keepTurnedOff } from '../former-ways/former-passwords.ts'

/** The password opens nothing any more. Whether there was one. The caller holds the account. */
export async function turnOff(needs: { clock: Clock; random: Random }, tx: Tx, account: AccountId): Promise<boolean> {
  const password = await findPassword(tx, account)
  await keepTurnedOff(needs, tx, account, password)
  await deletePassword(tx, account)
  return password !== undefined
}

/** `replaced`: one that was only replaced is refused as well. */
export type Choice = { account: AccountId; password: Password; replaced: boolean }

/** The caller has counted the attempt. */
export async function isTurnedOff(
  { db, clock, hashing }: { db: Db; clock: Clock; hashing: Hashing },
  { account, password, replaced }: Choice,
): Promise<boolean> {
  for (const former of await formerPasswords(db, account, clock.now(), { replaced }))
    if ((await hashing.check(password, former, { account })).fits) return true
  return false
}
