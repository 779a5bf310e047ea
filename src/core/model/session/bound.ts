/** What a row of the table `sessions` is bound to. */
import type { Keys } from '../../../platform/needs.ts'
import { type Bound, isOurs } from '../../../platform/secrets/bound-row.ts'
import type { AccountId } from '../account/store.ts'

type BoundPart = {
  uid: string
  id_mark: string
  account_id: AccountId | null
  authenticated_at: Date | null
  started_at: Date
  factor_at: Date | null
  cooling_off_until: Date | null
  details: { amr?: string[]; acr?: string; loginTs?: number }
}
/** The secret of one browser opens one account, as well as it was proved there, since then. */
export const boundSession: Bound<BoundPart> = {
  table: 'sessions',
  identity: (session) => {
    const { uid, id_mark, account_id, authenticated_at, started_at, factor_at, cooling_off_until } = session
    const { amr, acr, loginTs } = session.details
    const proved = [authenticated_at, started_at, factor_at, cooling_off_until, amr ?? [], acr ?? '', loginTs ?? 0]
    return [uid, id_mark, account_id, ...proved]
  },
}

/** A session that somebody is signed in to, only where the service has written it so. */
export const ours = <Found extends BoundPart & { mac: string | null }>(needs: Keys, row: Found | undefined) =>
  row && (row.account_id === null || isOurs(needs, boundSession, row)) ? row : undefined
