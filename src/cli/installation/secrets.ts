/** The secrets an installation keeps for itself, and the proof that the master key is the right one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db, Tx } from '../../platform/database/db.ts'
import { makeWritable } from '../../platform/database/embedded/folder.ts'
import { drawToken, type Random } from '../../platform/random.ts'
import { CannotOpen, type Keyring } from '../../platform/secrets/keyring.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { type Values, WrongSetting } from '../../settings.ts'

export const masterKeyFile = ({ PASSERELLE_DATA: folder }: Values): string => join(folder, 'master-key')
export const adminTokenFile = ({ PASSERELLE_DATA: folder }: Values): string => join(folder, 'admin-token')

/** The master keys and the operator's token: as they are set, else those that the installation keeps. */
export function ownSecrets(values: Values, random: Random) {
  const masterKey = values.PASSERELLE_SECRET || keptSecret(masterKeyFile(values), values, random)
  const masterKeys = [masterKey, ...values.PASSERELLE_SECRET_FORMER] as const
  return { masterKeys, adminToken: values.PASSERELLE_ADMIN_TOKEN || keptSecret(adminTokenFile(values), values, random) }
}

/** The secret in a file that only its owner may read (mode 600); made the first time. @throws {WrongSetting} */
function keptSecret(file: string, { PASSERELLE_DATA: folder }: Values, random: Random): string {
  makeWritable(folder)
  try {
    if (!existsSync(file)) writeFileSync(file, `${drawToken(random)}\n`, { mode: 0o600, flag: 'wx', flush: true })
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    throw new WrongSetting(`${file} cannot be kept: ${reasonOf(error)}`)
  }
  throw new WrongSetting(`${file} is damaged: it must hold 32 characters or more`)
}

type InstallationTable = { name: string; value: string }
declare module '../../platform/database/db.ts' {
  interface Tables {
    installation: InstallationTable
  }
}

const CANARY = 'master key'

/** A database sealed with another master key is not written to: its secrets would be lost. @throws {WrongSetting} */
export async function proveMasterKey(db: Db, keyring: Keyring, values: Values): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: CANARY, value: keyring.seal(CANARY, 'installation') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await refuseWrongMasterKey(db, keyring, values)
}

/** @throws {WrongSetting} where the database was made with another master key, or with none yet */
export async function refuseWrongMasterKey(db: Db | Tx, keyring: Keyring, values: Values): Promise<void> {
  if (!(await masterKeyFits(db, keyring))) throw new WrongSetting(wrongMasterKey(values))
}

export const wrongMasterKey = (values: Values): string =>
  `${values.PASSERELLE_SECRET ? 'PASSERELLE_SECRET' : masterKeyFile(values)} is not the master key this database was made with`

/** Whether the key is the one the database was made with; undefined where none has been used with it. */
export async function masterKeyFits(db: Db | Tx, keyring: Keyring | undefined): Promise<boolean | undefined> {
  const row = await db.selectFrom('installation').select('value').where('name', '=', CANARY).executeTakeFirst()
  if (!row) return undefined
  try {
    return keyring?.open(row.value, 'installation') === CANARY
  } catch (error) {
    if (error instanceof CannotOpen) return false
    throw error
  }
}
