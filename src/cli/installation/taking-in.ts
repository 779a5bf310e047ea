/**
 * For a day after the update that binds rows to what they open (app/bound-rows.ts), unbound ones are taken for ours: those
 * of the version before, whose processes still write some while they are replaced. Only whoever applies the migration
 * opens that time, with a word sealed under the master key: who has the database alone cannot open it again.
 */
import { everyAccount } from '../../core/account/store.ts'
import { after, type Clock, days } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Migration } from '../../platform/database/migrate.ts'
import { systemRandom } from '../../platform/random.ts'
import { CannotOpen, type Keyring, makeKeyring } from '../../platform/secrets/keyring.ts'
import type { Values } from '../../settings.ts'
import { ownSecrets, refuseWrongMasterKey } from './secrets.ts'

/** As long as replacing the processes of an installation may take. */
const TAKEN_IN_FOR = days(1)
const NAME = 'rows are taken in'

/** In the transaction of the migration that brought the marks, where there is anything to bind. @throws {WrongSetting} */
export async function openTakingIn(
  { clock, values }: { clock: Clock; values: Values },
  tx: Tx,
  { name }: Migration,
): Promise<void> {
  if (name !== 'bound-rows' || !(await everyAccount(tx).select('id').limit(1).executeTakeFirst())) return
  const keyring = makeKeyring(ownSecrets(values, systemRandom).masterKeys, systemRandom)
  await refuseWrongMasterKey(tx, keyring, values)
  const until = after(clock.now(), TAKEN_IN_FOR).toISOString()
  await tx
    .insertInto('installation')
    .values({ name: NAME, value: keyring.seal(until, NAME) })
    .execute()
}

/** Has unbound rows accepted until that time is over. */
export async function acceptUnbound({ db, clock, keyring }: { db: Db; clock: Clock; keyring: Keyring }): Promise<void> {
  const row = await db.selectFrom('installation').select('value').where('name', '=', NAME).executeTakeFirst()
  const until = row && untilIn(keyring, row.value)
  keyring.unbound.areAccepted = () => until !== undefined && clock.now() < until
}

function untilIn(keyring: Keyring, sealed: string): Date | undefined {
  try {
    return new Date(keyring.open(sealed, NAME))
  } catch (error) {
    if (error instanceof CannotOpen) return undefined // nobody with a key has said so
    throw error
  }
}
