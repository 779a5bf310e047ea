/** `passerelle migrate`: the schema, while the service is stopped or, on PostgreSQL, while it runs. */
import { systemClock } from '../platform/clock.ts'
import type { Db } from '../platform/database/db.ts'
import { type Migration, migrate, migrationStatus } from '../platform/database/migrate.ts'
import { readValues } from '../settings.ts'
import { openOurs } from './connections.ts'
import { type Options, patiently, print, table } from './output.ts'

export async function migrateOrTell(options: Options & { status?: boolean }): Promise<void> {
  const { db, close } = await patiently('Opening the database', openOurs(readValues()))
  try {
    await (options.status ? tell(options, db) : apply(options, db))
  } finally {
    await close()
  }
}

async function apply(options: Options, db: Db): Promise<void> {
  const applied = await patiently('Migrating', migrate(db, { clock: systemClock }))
  const lines = applied.map((migration) => `${nameOf(migration)} is applied.`)
  print(options, { data: { applied }, text: lines.join('\n') || 'Nothing is outstanding.' })
}

async function tell(options: Options, db: Db): Promise<void> {
  const states = await migrationStatus(db)
  const migrations = states.map(({ version, name, appliedAt }) => ({ version, name, applied_at: appliedAt }))
  const rows = states.map((state) => [nameOf(state), state.appliedAt?.toISOString() ?? 'outstanding'])
  print(options, { data: { migrations }, text: table(rows) })
}

const nameOf = ({ version, name }: Migration): string => `${String(version).padStart(4, '0')}-${name}`
