/** An address is blocked after wrong passwords: its mailbox is told, where there is one (the letter: sign-in/unblock). */

import type { Actor } from '../../platform/actor.ts'
import { type Clock, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Outbox } from '../../platform/outbox/outbox.ts'
import type { SignInCount } from '../limits/sign-in-lockout.ts'
import type { ProductId } from '../model/product/product.ts'

/** ISO 8601. `at`: of the failure that locked. `until`: the end of the lockout; absent where the password is turned off. */
export type BlockLetterJob = {
  email: string
  actor: Actor
  failures: number
  at: string
  until?: string
  product?: ProductId | undefined
}
declare module '../../platform/outbox/outbox.ts' {
  interface Jobs {
    'block-letter': BlockLetterJob
  }
}

/** How long the link of the letter works. */
export const UNBLOCK_LINK_LIVES = days(1)

export type Lockout = { email: string; actor: Actor; counted: SignInCount; product?: ProductId | undefined }

/** Posts the job, whether or not the address has an account: the request does the same for both. Nothing, where it is not blocked. */
export async function tellOfLockout(
  { outbox, clock }: { outbox: Outbox; clock: Clock },
  tx: Tx,
  { email, actor, counted, product }: Lockout,
): Promise<void> {
  if (!counted.until && !counted.off) return
  const until = counted.off ? undefined : counted.until?.toISOString()
  const at = clock.now().toISOString()
  const facts = { email, actor, failures: counted.failures, at, product, ...(until && { until }) }
  await outbox.post(tx, { topic: 'job', name: 'block-letter', account: null, facts, usefulFor: UNBLOCK_LINK_LIVES })
}
