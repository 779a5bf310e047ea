/**
 * A browser that an account knows came with a value of its trust cookie that was replaced before: the cookie was copied, by
 * somebody or from a backup. Who of the two is the owner cannot be told, so that neither is known any more.
 */
import type { Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import type { AccountId } from '../account/store.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { type Needs as NoticeNeeds, notify } from '../notice/notice.ts'
import { forgetCopied, rememberBrowser } from './browsers.ts'
import { skipsUntil } from './skips.ts'

export type Needs = HistoryNeeds & NoticeNeeds

/** `session`: the new secret of the session. `copied`: there is a copy of what marked the browser as known. */
export type SignedIn = { session: string; copied: boolean }

/** Somebody signs in: `copied` where the browser is as unknown afterwards as it was before. */
export async function rememberHere(needs: Needs, tx: Tx, account: AccountId, origin: Origin, skips?: Date) {
  const until = skips && skipsUntil(needs, account, origin, skips)
  const copied = !(await rememberBrowser(tx, account, origin, needs.clock.now(), until))
  if (copied) await tell(needs, tx, account, origin)
  return { copied }
}

/** Somebody knows the password, and is not signed in yet. */
export async function endCopied(needs: Needs, tx: Tx, account: AccountId, origin: Origin): Promise<void> {
  if (await forgetCopied(tx, account, origin, needs.clock.now())) await tell(needs, tx, account, origin)
}

async function tell(needs: Needs, tx: Tx, account: AccountId, origin: Origin): Promise<void> {
  await record(needs, tx, { kind: 'browser-copied', account, origin })
  await notify(needs, tx, { account, name: 'browser-copied', origin })
}
