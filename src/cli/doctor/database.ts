/** The database and what stands in it: schema, master key, signing keys; and whether the clock agrees with it. */
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { loadKeys } from '../../oidc/keys/keys.ts'
import type { KeysAnswer } from '../../operator/keys/routes.ts'
import { between, type Duration, inSeconds, seconds, systemClock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import { databaseIn } from '../../platform/database/embedded/folder.ts'
import { migrationStatus } from '../../platform/database/migrate.ts'
import { systemRandom } from '../../platform/random.ts'
import { CannotOpen, type Keyring, makeKeyring } from '../../platform/secrets/keyring.ts'
import { DatabaseUnavailable } from '../../platform/unavailable.ts'
import type { Settings, Values } from '../../settings.ts'
import { Refusal } from '../client/refusal.ts'
import { ask, request } from '../client/service.ts'
import { openOurs } from '../installation/connections.ts'
import { masterKeyFile, masterKeyFits, wrongMasterKey } from '../installation/secrets.ts'
import { type Finding, fine, wrong } from './finding.ts'

const CLOCKS_AGREE_WITHIN = seconds(5)

export async function database(settings: Settings): Promise<Finding[]> {
  const { values } = settings
  const isEmbedded = values.DATABASE_URL === ''
  if (isEmbedded && !existsSync(databaseIn(values.PASSERELLE_DATA)))
    return [fine('database', `there is none in ${values.PASSERELLE_DATA} yet: the first start makes it`)]
  try {
    const { db, describe, close } = await openOurs(values)
    try {
      return [fine('database', describe()), ...(await inside(db, values))]
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    if (isEmbedded) return askTheService(settings, error)
    return [wrong('database', error.message, 'Check DATABASE_URL, and that the server runs.')]
  }
}

/** One process has the embedded database: while the service runs, that is the service. */
async function askTheService({ url }: Settings, { message }: DatabaseUnavailable): Promise<Finding[]> {
  try {
    const { status, headers } = await request(url.origin, '/health/ready')
    if (status !== 200)
      return [wrong('database', `the running service says it is not ready (${status})`, 'See its log.')]
    const { keys } = await ask<KeysAnswer>('GET', '/keys')
    return [
      fine('database', `the service at ${url.origin} has it, and says that it is ready`),
      fine('signing keys', `${keys.length}, as the service says`),
      clock(headers.get('date'), `the service at ${url.origin}`),
    ]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [wrong('database', message, error.message)]
  }
}

async function inside(db: Db, values: Values): Promise<Finding[]> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  const findings = [clock(rows[0]?.at ?? null, 'the database')]
  const states = await migrationStatus(db)
  const outstanding = states.filter(({ appliedAt }) => appliedAt === null)
  findings.push(
    outstanding.length === 0
      ? fine('migrations', `all ${states.length} are applied`)
      : fine('migrations', `${outstanding.length} outstanding: the next start, or passerelle migrate, applies them`),
  )
  const isNew = outstanding.some(({ version }) => version === 1)
  return isNew ? findings : [...findings, ...(await secrets(db, values))]
}

/** The master key, and the signing keys that only it opens. */
async function secrets(db: Db, values: Values): Promise<Finding[]> {
  const keyring = keyringOf(values)
  const fits = await masterKeyFits(db, keyring)
  if (fits === undefined) return [fine('master key', 'none was used with this database yet')]
  if (!keyring || !fits) return [wrong('master key', wrongMasterKey(values), 'Put the right one back.')]
  return [fine('master key', 'it is the one this database was made with'), await signingKeys(db, keyring)]
}

function keyringOf(values: Values): Keyring | undefined {
  const file = masterKeyFile(values)
  const key = values.PASSERELLE_SECRET || (existsSync(file) && readFileSync(file, 'utf8').trim())
  return key ? makeKeyring([key, ...values.PASSERELLE_SECRET_FORMER], systemRandom) : undefined
}

async function signingKeys(db: Db, keyring: Keyring): Promise<Finding> {
  try {
    const { keys } = await loadKeys({ db, keyring, clock: systemClock, random: systemRandom })
    return fine(
      'signing keys',
      keys.length > 0 ? `${keys.length}, all of them open` : 'none yet: the first start makes them',
    )
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error
    return wrong('signing keys', error.message, 'Put the former master keys into PASSERELLE_SECRET_FORMER.')
  }
}

function clock(there: Date | string | null, whose: string): Finding {
  const apart: Duration = between(new Date(there ?? Number.NaN), systemClock.now())
  const words = `${Math.round(inSeconds(apart))} s ahead of ${whose}`
  if (Math.abs(apart.ms) <= CLOCKS_AGREE_WITHIN.ms) return fine('clock', `agrees with ${whose}`)
  return wrong('clock', words, 'Let both follow a time server (NTP).')
}
