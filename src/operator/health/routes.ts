/** For monitoring: is the process alive, can it serve, how is it doing? */
import { Hono } from 'hono'
import type { HashLane } from '../../core/model/password/hash-lane.ts'
import { countOpenRequests } from '../../core/model/support-request/store.ts'
import { between, type Clock, inSeconds } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Metrics } from '../../platform/log/metrics.ts'
import { backlog } from '../../platform/outbox/store.ts'
import { bearerIs } from '../bearer.ts'

export type Needs = { db: Db; clock: Clock; metrics: Metrics; lane: HashLane; adminToken: string; metricsToken: string }

export function routes(needs: Needs, { ping }: { ping(): Promise<void> }) {
  const { db, clock, metrics, lane } = needs
  metrics.gauge('passerelle_hash_queue', 'Password hashes that wait.', () => lane.waiting())
  const waits = () => backlog(db, clock.now())
  metrics.gauge('passerelle_outbox_waiting', 'Messages that wait to leave.', async () => (await waits()).waiting)
  metrics.gauge('passerelle_outbox_oldest_seconds', 'Age of the oldest message that waits.', async () => {
    const { oldest } = await waits()
    return oldest ? inSeconds(between(oldest, clock.now())) : 0
  })
  metrics.gauge('passerelle_support_requests_open', 'People who ask support for help.', () =>
    countOpenRequests(db, clock.now()),
  )
  metrics.gauge('passerelle_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  return new Hono()
    .get('/health/live', (c) => c.json({ status: 'ok' }))
    .get('/health/ready', async (c) => {
      const database = await ping().then(
        () => 'ok',
        () => 'away',
      )
      return c.json({ status: database === 'ok' ? 'ok' : 'unavailable', database }, database === 'ok' ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      if (!bearerIs(c.req.header('authorization'), needs.adminToken, needs.metricsToken))
        return c.text('a bearer token is needed\n', 401, { 'WWW-Authenticate': 'Bearer' })
      return c.text(await metrics.text(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
    })
}
