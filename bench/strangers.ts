/**
 * What so many requests of strangers leave in the database: `node dist/bench/strangers.js [--requests=1000]`. A hundred a second,
 * of every kind in turn, from a thousand sites. Each minute what has expired is cleared, as the service does, and the tables are
 * vacuumed, as PostgreSQL does by itself (autovacuum_naptime) and our housekeeping does for the embedded database.
 */
import { sql } from 'kysely'
import { deedsOf } from '../e2e/guards/strangers.ts'
import { makePublicParty } from '../e2e/protocol/party.ts'
import { expiring } from '../src/app/expiring.ts'
import { clearAway } from '../src/platform/database/clear-away.ts'
import { testService } from '../src/testing/world.ts'

const REQUESTS = Number(process.argv.find((it) => it.startsWith('--requests='))?.slice(11) ?? 100_000)
const SITES = 1_000
const AT_ONCE = 16
const A_SECOND = 100
const IN_A_MINUTE = 60 * A_SECOND

const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1' })
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const spa = await makePublicParty(service, 'spa', { grants: ['authorization_code', DEVICE] })
const deeds = Object.values(deedsOf(service, spa))

const sizes = async (): Promise<{ name: string; bytes: number }[]> => {
  const { rows } = await sql<{ name: string; bytes: string }>`select relname as name,
    pg_total_relation_size(oid) as bytes from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' order by 2 desc`.execute(service.db)
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }))
}
const sum = (all: { bytes: number }[]): number => all.reduce((total, { bytes }) => total + bytes, 0)
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).padStart(8)

const before = sum(await sizes())
for (let n = 0; n < REQUESTS; n += AT_ONCE) {
  await Promise.all(
    Array.from({ length: AT_ONCE }, (_, k) => {
      const site = Math.floor((n + k) / deeds.length) % SITES
      return deeds[(n + k) % deeds.length]?.(`10.${site >> 8}.${site & 255}.7`)
    }),
  )
  service.clock.advance({ ms: (1_000 * AT_ONCE) / A_SECOND })
  if (n % IN_A_MINUTE < AT_ONCE) {
    await service.post()
    await clearAway(service, expiring)
    await sql`vacuum`.execute(service.db)
    console.error(`${n} of ${REQUESTS} requests`)
  }
}
await service.post()
await clearAway(service, expiring)
const asItIs = sum(await sizes()) - before
await sql`vacuum full`.execute(service.db)
const after = await sizes()
console.log(`${REQUESTS} requests from ${SITES} sites leave (MB, indexes included):`)
console.log(`${megabytes(asItIs)}  of the disk`)
console.log(`${megabytes(sum(after) - before)}  of rows`)
for (const { name, bytes } of after.slice(0, 6)) console.log(`${megabytes(bytes)}  ${name}`)
process.exit(0)
