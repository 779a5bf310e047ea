import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import { packageRoot } from '../package-root.ts'
import { reasonOf } from '../unavailable.ts'
import { type Db, type Row, transact } from './db.ts'

declare module './db.ts' {
  interface Tables {
    migrations: { version: number; name: string; checksum: string; applied_at: Date }
  }
}

export type Migration = { readonly version: number; readonly name: string }
export type MigrationState = Migration & { readonly appliedAt: Date | null }

/** The migrations and the database do not fit together, or one has failed and was undone. The message is one line. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'
}

type MigrationFile = Migration & { readonly file: string; readonly text: string; readonly checksum: string }
type Options = {
  readonly clock: Clock
  /** Called after each migration that was applied here. */
  onStep?(applied: Migration): void
  readonly folder?: string
}

const ourMigrations = join(packageRoot, 'db', 'migrations')
const LOCK_ROW = 0

/**
 * Applies the migrations that the database has not seen, in order, each in a transaction of its own. Any number of
 * processes may do so at once: the one that migrates holds the row 0 of the table, locked, until its transaction ends. (A row
 * lock, since advisory locks and `lock table` are not to be had on every database we speak to; and since it ends with the
 * connection, there is no lease to run out.)
 * @returns what this call applied
 * @throws MigrationFailed
 */
export async function migrate(db: Db, options: Options): Promise<Migration[]> {
  const { clock, onStep, folder } = options
  const files = readMigrations(folder)
  await prepare(db, clock)
  const applied: Migration[] = []
  for (let step = await applyNext(db, files, options); step; step = await applyNext(db, files, options)) {
    const { version, name } = step
    applied.push({ version, name })
    onStep?.({ version, name })
  }
  return applied
}

/**
 * Every migration, ours and those that a newer version has applied, in order; without a database none is applied.
 * @throws MigrationFailed if the two do not fit together
 */
export async function migrationStatus(
  db: Db | undefined,
  { folder }: Pick<Options, 'folder'> = {},
): Promise<MigrationState[]> {
  const files = readMigrations(folder)
  const rows = db && (await isPrepared(db)) ? await rowsOf(db) : []
  const applied = rows.map((row) => ({ version: row.version, name: row.name, appliedAt: row.applied_at }))
  return [...applied, ...outstanding(files, rows).map(({ version, name }) => ({ version, name, appliedAt: null }))]
}

function readMigrations(folder = ourMigrations): MigrationFile[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.sort().map((file, index) => {
    const [, number, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
    const version = index + 1
    if (Number(number) !== version || name === undefined)
      throw new MigrationFailed(
        `${file} should be called ${String(version).padStart(4, '0')}-name.sql: migrations are numbered without a gap`,
      )
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    return { version, name, file, text, checksum: createHash('sha256').update(text).digest('hex') }
  })
}

async function isPrepared(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass('migrations') is not null as found`.execute(db)
  return rows[0]?.found === true
}

async function prepare(db: Db, clock: Clock): Promise<void> {
  if (await isPrepared(db)) return
  const create = transact(db, async (tx) => {
    await sql`create table migrations (
      version int primary key, name text not null, checksum text not null, applied_at timestamptz not null)`.execute(tx)
    const lock = { version: LOCK_ROW, name: 'lock', checksum: '', applied_at: clock.now() }
    await tx.insertInto('migrations').values(lock).execute()
  })
  await create.catch(async (error: unknown) => {
    if (!(await isPrepared(db))) throw error // when several processes create it at once, all but one fail
  })
}

const rowsOf = (db: Db): Promise<Row<'migrations'>[]> =>
  db.selectFrom('migrations').selectAll().where('version', '>', LOCK_ROW).orderBy('version').execute()

async function applyNext(
  db: Db,
  files: readonly MigrationFile[],
  { clock }: Options,
): Promise<MigrationFile | undefined> {
  let next: MigrationFile | undefined
  try {
    await transact(db, async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      await tx
        .selectFrom('migrations')
        .select('version')
        .where('version', '=', LOCK_ROW)
        .forUpdate()
        .executeTakeFirstOrThrow()
      next = outstanding(files, await rowsOf(tx))[0]
      if (!next) return
      const { version, name, checksum, text } = next
      await sql.raw(text).execute(tx)
      await tx.insertInto('migrations').values({ version, name, checksum, applied_at: clock.now() }).execute()
    })
    return next
  } catch (error) {
    if (!next) throw error
    throw new MigrationFailed(`${next.file}${lineOf(error, next.text)} failed and was undone: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}

function outstanding(files: readonly MigrationFile[], applied: readonly Row<'migrations'>[]): MigrationFile[] {
  const checksums = new Map(applied.map((row) => [row.version, row.checksum]))
  const newest = Math.max(0, ...checksums.keys())
  for (const { version, file, checksum } of files.filter((file) => file.version <= newest)) {
    if (!checksums.has(version)) throw new MigrationFailed(`${file} was left out, though later ones have been applied`)
    if (checksums.get(version) !== checksum)
      throw new MigrationFailed(`${file} was changed after it had been applied: put it back, and write a new migration`)
  }
  return files.filter((file) => file.version > newest)
}

/** PostgreSQL counts characters; people count lines. */
function lineOf(error: unknown, text: string): string {
  const position = error instanceof Error && 'position' in error ? Number(error.position) : Number.NaN
  return Number.isNaN(position) ? '' : `, line ${text.slice(0, position).split('\n').length},`
}
