/**
 * What rules take, in bundles: each names only what is its own beside one of them. `world.ts` makes the real things, and a
 * test passes an object of these few.
 */
import type { Clock } from './clock.ts'
import type { Db } from './database/db.ts'
import type { Random } from './random.ts'
import type { Keyring } from './secrets/keyring.ts'

/** To read: the database, what the time is, and the keys under which rows are found and opened. */
export type Reads = { db: Db; clock: Clock; keyring: Keyring }

/** To write as well: new ids and secrets. */
export type Writes = Reads & { random: Random }
