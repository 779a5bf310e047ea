/** Everything that expires: the rows of every slice, and of what slices share. */
import { forgetStrangers } from '../core/events/audit-log/history.ts'
import { deleteExpiredTries } from '../core/limits/counters/store.ts'
import { deleteExpiredLetterCounts } from '../core/limits/letter-limits-store.ts'
import { deleteExpiredSignals } from '../core/limits/risk/risk-store.ts'
import { deleteExpiredLockouts } from '../core/limits/sign-in-lockout-store.ts'
import { deleteExpiredRecords } from '../core/model/grant/store.ts'
import { deleteExpiredSecrets } from '../core/model/one-time/store.ts'
import { deleteExpiredBrowsers } from '../core/model/session/browsers.ts'
import { deleteExpiredSessions } from '../core/model/session/store.ts'
import type { Clear } from '../platform/database/clear-away.ts'
import { deleteMessagesOfNobody, deleteOldMessages } from '../platform/outbox/store.ts'
import { allSlices } from '../slices.ts'
import type { World } from '../world.ts'

export const expiring: readonly Clear<World>[] = [
  ...allSlices.flatMap((slice) => slice.expiring ?? []),
  forgetStrangers,
  deleteExpiredSecrets,
  deleteExpiredTries,
  deleteExpiredLetterCounts,
  deleteExpiredSignals,
  deleteExpiredLockouts,
  deleteExpiredRecords,
  deleteExpiredSessions,
  deleteExpiredBrowsers,
  deleteMessagesOfNobody,
  deleteOldMessages,
]
