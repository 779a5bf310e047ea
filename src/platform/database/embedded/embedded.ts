import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Duration } from '../../clock.ts'
import { DatabaseUnavailable, reasonOf } from '../../unavailable.ts'
import { writeWhole } from './archive.ts'
import { Bridge } from './bridge.ts'
import { databaseIn, makeDatabase, makeWritable, restoreInto } from './folder.ts'
import { takeLock } from './lock/lock.ts'
import { builtSeed } from './seed.ts'
import type { SessionStream } from './session-stream.ts'

export type Embedded = {
  /** For the `stream` option of `pg`. There is one connection: a pool has a size of one. */
  connection(): SessionStream
  /** Writes a consistent copy of the database, a gzipped tar archive, while it is in use. */
  backup(file: string): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the database in `folder`, making one if there is none; first its lock is taken, last it is given back.
 * @param statementLimit a statement that runs longer fails with SQLSTATE 57014, and the server is started again
 * @throws DatabaseUnavailable
 */
export async function openFolder(folder: string, statementLimit: Duration): Promise<Embedded> {
  makeWritable(folder)
  const lock = await takeLock(resolve(folder))
  try {
    await makeDatabase(folder)
    const bridge = new Bridge({ for: 'serving a folder', folder: databaseIn(folder) }, statementLimit)
    await bridge.start()
    return embedded(bridge, lock.release)
  } catch (error) {
    await lock.release()
    if (error instanceof DatabaseUnavailable) throw error
    throw new DatabaseUnavailable(`The database in ${folder} cannot be opened: ${reasonOf(error)}`)
  }
}

/** A database that lives as long as its thread: for tests. */
export async function openMemory(statementLimit: Duration): Promise<Embedded> {
  const bridge = new Bridge({ for: 'serving from memory', archive: await builtSeed() }, statementLimit)
  await bridge.start()
  return embedded(bridge, async () => {})
}

const embedded = (bridge: Bridge, release: () => Promise<void>): Embedded => ({
  connection: () => bridge.connection(),
  backup: async (file) => writeWhole(file, await bridge.backup()),
  close: async () => {
    await bridge.end()
    await release()
  },
})

/**
 * Makes the database of `folder` out of a file that `backup` wrote.
 * @throws DatabaseUnavailable when the folder is in use or already has a database
 */
export async function restoreFolder(folder: string, file: string): Promise<void> {
  makeWritable(folder)
  const lock = await takeLock(resolve(folder))
  try {
    await restoreInto(folder, await readFile(file))
  } finally {
    await lock.release()
  }
}
