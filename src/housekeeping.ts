/** What has expired is deleted, a batch of each table at a time. Nothing depends on it: expiry is decided by every query. */
import { deleteExpiredRecords } from './core/grant/store.ts'
import { deleteExpiredSecrets } from './core/one-time/store.ts'
import { deleteExpiredTries } from './core/protection/store.ts'
import { deleteExpiredSessions } from './core/session/store.ts'
import { deleteExpiredJourneys } from './journey/store.ts'
import { RETIRED_KEYS_STAY } from './oidc/keys/keys.ts'
import { deleteKeysRetiredBefore } from './oidc/keys/store.ts'
import { before, type Clock, days } from './platform/clock.ts'
import type { Db } from './platform/database/db.ts'
import { deleteSettledBefore } from './platform/outbox/store.ts'
import { deleteExpiredSignUps } from './sign-in/sign-up/store.ts'

const BATCH = 500
/** How long it can be read what became of a message. */
const SETTLED_MESSAGES_STAY = days(30)

const expiring = [
  deleteExpiredSecrets,
  deleteExpiredTries,
  deleteExpiredRecords,
  deleteExpiredSessions,
  deleteExpiredSignUps,
  deleteExpiredJourneys,
]

/** One round; answers how many rows went. */
export async function clearAway(db: Db, clock: Clock): Promise<number> {
  const now = clock.now()
  let count = await deleteSettledBefore(db, before(now, SETTLED_MESSAGES_STAY), BATCH)
  for (const clear of expiring) count += await clear(db, now, BATCH)
  await deleteKeysRetiredBefore(db, before(now, RETIRED_KEYS_STAY))
  return count
}
