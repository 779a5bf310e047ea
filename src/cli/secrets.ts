/** The secrets an installation keeps for itself, and the proof that the master key is the right one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Db } from '../platform/database/db.ts'
import { drawToken, type Random } from '../platform/random.ts'
import { CannotOpen, type Keyring } from '../platform/secrets/keyring.ts'
import { WrongSetting } from '../settings.ts'

/** The secret in a file that only its owner may read (mode 600); made the first time. */
export function keptSecret(file: string, random: Random): string {
  if (!existsSync(file)) writeFileSync(file, `${drawToken(random)}\n`, { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

type InstallationTable = { name: string; value: string }
declare module '../platform/database/db.ts' {
  interface Tables {
    installation: InstallationTable
  }
}

const CANARY = 'master key'

/** A database sealed with another master key is not written to: its secrets would be lost. @throws {WrongSetting} */
export async function proveMasterKey(db: Db, keyring: Keyring): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: CANARY, value: keyring.seal(CANARY, 'installation') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('installation').select('value').where('name', '=', CANARY).executeTakeFirstOrThrow()
  try {
    keyring.open(row.value, 'installation')
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error
    throw new WrongSetting('PASSERELLE_SECRET is not the master key this database was made with')
  }
}
