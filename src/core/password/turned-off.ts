/** A password that was turned off because somebody else may know it is not chosen again, as long as that is known: a week. */
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'
import { passwordsTurnedOff } from '../factor/removal/former.ts'
import type { Hashing } from './hashing.ts'
import type { Password } from './policy.ts'

type Needs = { db: Db; clock: Clock; hashing: Hashing }

/** Each costs a hash: the one of before, and those of a thief who was quick. */
const COMPARED = 3

/** `forWhom`: whose turn in the lane it takes (hash-lane.ts). Whoever asks has counted the try. */
export async function isTurnedOff(
  { db, clock, hashing }: Needs,
  account: AccountId,
  password: Password,
  forWhom: string,
): Promise<boolean> {
  for (const former of await passwordsTurnedOff(db, account, clock.now(), COMPARED))
    if ((await hashing.check(password, former, forWhom)).fits) return true
  return false
}
