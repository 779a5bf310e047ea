/**
 * What rules take, in bundles: each names only what is its own beside one of them. `world.ts` makes the real things, and a
 * test passes an object of these few.
 */
import type { Clock } from './clock.ts'
import type { Db } from './database/db.ts'
import type { Random } from './random.ts'
import type { Keyring } from './secrets/keyring.ts'

/** The keys that rows are bound and sealed by. */
export type Keys = { keyring: Keyring }

/** To read: the database, and what the time is. */
export type Reads = Keys & { db: Db; clock: Clock }

/** To write as well: new ids and secrets. */
export type Writes = Reads & { random: Random }
