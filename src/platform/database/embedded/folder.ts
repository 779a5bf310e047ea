import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseUnavailable, reasonOf } from '../../unavailable.ts'
import { unpack } from './archive.ts'
import { anySeed } from './seed.ts'

/** The version of PostgreSQL inside the PGlite we depend on: it reads no other version's files. */
const POSTGRES_MAJOR = '18'

export const databaseIn = (folder: string): string => join(folder, 'database')

/** @throws DatabaseUnavailable when the folder cannot be made or written to */
export function makeWritable(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new DatabaseUnavailable(`The data folder ${folder} cannot be written to: ${reasonOf(error)}`)
  }
}

/** With those above it, one by one: where none can be made, in /proc say, Node's recursive `mkdir` never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!existsSync(folder)) throw error // another process was first
  }
}

const isMissing = (database: string): boolean => !existsSync(database) || readdirSync(database).length === 0

/**
 * Sees to it that the folder, whose lock we hold, has a database that this version can open: makes one if there is none.
 * @throws DatabaseUnavailable for files of another version of PostgreSQL, or of something else
 */
export async function makeDatabase(folder: string): Promise<void> {
  const database = databaseIn(folder)
  if (isMissing(database)) await unpack(await anySeed(), database)
  const versionFile = join(database, 'PG_VERSION')
  if (!existsSync(versionFile))
    throw new DatabaseUnavailable(`${database} holds files, but no database: give another data folder`)
  const major = readFileSync(versionFile, 'utf8').trim()
  if (major !== POSTGRES_MAJOR)
    throw new DatabaseUnavailable(
      `The database in ${folder} has the format of PostgreSQL ${major}, this version of Passerelle reads ${POSTGRES_MAJOR}: ` +
        'make a backup with the version that wrote it, then restore that into an empty folder with this one',
    )
}

/**
 * Puts a backup in the place of the database that there is not yet. The caller holds the lock.
 * @throws DatabaseUnavailable when there is a database already
 */
export async function restoreInto(folder: string, archive: Uint8Array): Promise<void> {
  const database = databaseIn(folder)
  if (!isMissing(database))
    throw new DatabaseUnavailable(`${folder} already has a database: restore into an empty folder`)
  await unpack(archive, database)
}
