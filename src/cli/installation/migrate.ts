/** `passerelle migrate`: the schema, while the service is stopped or, on PostgreSQL, while it runs. */
import { existsSync } from 'node:fs'
import type { KeysAnswer } from '../../operator/keys/routes.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import { databaseIn } from '../../platform/database/embedded/folder.ts'
import { type Migration, migrate, migrationStatus } from '../../platform/database/migrate.ts'
import { DatabaseUnavailable } from '../../platform/unavailable.ts'
import { readValues, type Values } from '../../settings.ts'
import { type Options, patiently, print, table } from '../client/output.ts'
import { Refusal } from '../client/refusal.ts'
import { ask } from '../client/service.ts'
import { openOurs } from './connections.ts'

export async function migrateOrTell(options: Options & { status?: boolean }): Promise<void> {
  const values = readValues()
  const isEmbedded = values.DATABASE_URL === ''
  if (!options.status) return withDatabase(values, (db) => apply(options, db))
  if (isEmbedded && !existsSync(databaseIn(values.PASSERELLE_DATA))) return tell(options, undefined)
  try {
    await withDatabase(values, (db) => tell(options, db))
  } catch (error) {
    if (!isEmbedded || !(error instanceof DatabaseUnavailable) || !(await serviceAnswers())) throw error
    tellOfService(options, values)
  }
}

async function withDatabase(values: Values, work: (db: Db) => Promise<void>): Promise<void> {
  const { db, close } = await patiently('Opening the database', openOurs(values))
  try {
    await work(db)
  } finally {
    await close()
  }
}

async function apply(options: Options, db: Db): Promise<void> {
  const applied = await patiently('Migrating', migrate(db, { clock: systemClock }))
  const lines = applied.map((migration) => `${nameOf(migration)} is applied.`)
  print(options, { data: { applied }, text: lines.join('\n') || 'Nothing is outstanding.' })
}

async function tell(options: Options, db: Db | undefined): Promise<void> {
  const states = await migrationStatus(db)
  const migrations = states.map(({ version, name, appliedAt }) => ({ version, name, applied_at: appliedAt }))
  const rows = states.map((state) => [nameOf(state), state.appliedAt?.toISOString() ?? 'outstanding'])
  print(options, { data: { migrations }, text: table(rows) })
}

/** Whether the service of this installation runs: it takes the operator's token that is kept here. */
const serviceAnswers = (): Promise<boolean> =>
  ask<KeysAnswer>('GET', '/keys').then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )

/** The embedded database has one process. A service that answers has migrated: it does so before it listens. */
function tellOfService(options: Options, { PASSERELLE_URL: service }: Values): void {
  const text = `The service at ${service} has the database: it applied all its migrations when it started.`
  print(options, { data: { all_applied: true, service }, text })
}

const nameOf = ({ version, name }: Migration): string => `${String(version).padStart(4, '0')}-${name}`
