/** In which browsers the second step is skipped (E6): a time in the table `known_browsers`, and the mark of it. */

import type { Actor } from '../../../platform/actor.ts'
import type { Keys } from '../../../platform/needs.ts'
import { type Bound, isOurs, macOf } from '../../../platform/secrets/bound-row.ts'
import type { AccountId } from '../account/store.ts'

type BoundPart = { account_id: AccountId; browser_mark: string; second_step_until: Date | null }
/** The second step is skipped for one account, in one browser, for so long. */
export const boundSkip: Bound<BoundPart> = {
  table: 'known_browsers',
  identity: ({ account_id, browser_mark, second_step_until }) => [account_id, browser_mark, second_step_until],
}

export type Skips = { second_step_until: Date; mac: string }
/** Has the second step skipped in this browser until then, once it is remembered with it. */
export const skipsUntil = (needs: Keys, account_id: AccountId, { browser }: Actor, second_step_until: Date): Skips => ({
  second_step_until,
  mac: macOf(needs, boundSkip, { account_id, browser_mark: browser, second_step_until }),
})

/** As the row of a browser says it. */
export type FoundSkip = { until: string | null; mac: string | null }

/** Whether the second step is skipped in that browser now. */
export function isSkipped(
  needs: Keys,
  account_id: AccountId,
  browser_mark: string,
  found: FoundSkip | null,
  now: Date,
): boolean {
  if (!found?.until) return false
  const second_step_until = new Date(found.until)
  const { mac } = found
  return second_step_until > now && isOurs(needs, boundSkip, { account_id, browser_mark, second_step_until, mac })
}
