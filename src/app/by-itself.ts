/** What the service does by itself: the jobs it posts, and what it clears away when its time is over. */

import { forgetStrangers } from '../core/events/audit-log/history.ts'
import { deleteExpiredTries } from '../core/limits/counters/store.ts'
import { deleteExpiredLetterCounts } from '../core/limits/letter-limits-store.ts'
import { deleteExpiredSuspicions } from '../core/limits/risk/risk-store.ts'
import { deleteExpiredGuards } from '../core/limits/sign-in-lockout-store.ts'
import { deleteExpiredChanges, deleteFormerAddresses } from '../core/model/account/addresses.ts'
import { deleteExpiredRecords } from '../core/model/grant/store.ts'
import { deleteExpiredSecrets } from '../core/model/one-time/store.ts'
import { deleteExpiredRecoveries } from '../core/model/recovery/store.ts'
import { deleteExpiredBrowsers } from '../core/model/session/browsers.ts'
import { deleteExpiredSessions } from '../core/model/session/store.ts'
import { deleteExpiredSignUps } from '../core/model/sign-up/store.ts'
import { deleteExpiredRequests } from '../core/model/support-request/store.ts'
import { remindOfClosing } from '../core/operations/close-account.ts'
import { endAsking } from '../core/operations/disown/older-way.ts'
import { eraseEnded } from '../core/operations/erase-account.ts'
import { deleteFormerWays } from '../core/operations/former-ways/former-factors.ts'
import { writeSignUpLetter } from '../core/operations/sign-up-letter.ts'
import { deleteExpiredJourneys } from '../journey/store.ts'
import { deleteOldKeys } from '../oidc/keys/keys.ts'
import type { Clear } from '../platform/database/clear-away.ts'
import type { AllJobs } from '../platform/outbox/jobs.ts'
import { deleteMessagesOfNobody, deleteOldMessages } from '../platform/outbox/store.ts'
import * as changeEmailRules from '../portal/change-email/rules.ts'
import * as forgotPasswordRules from '../sign-in/forgot-password/rules.ts'
import * as unblockRules from '../sign-in/unblock/rules.ts'
import type { World } from '../world.ts'

/** What the service posts to itself, so that a request never waits for it and never shows what it found. */
export const jobs = (world: World): AllJobs => ({
  'sign-up-letter': (facts, tx) => writeSignUpLetter(world, tx, facts),
  'reset-letter': (facts, tx) => forgotPasswordRules.writeResetLetter(world, tx, facts),
  'email-change-letter': (facts, tx) => changeEmailRules.writeChangeLetter(world, tx, facts),
  'block-letter': (facts, tx) => unblockRules.writeBlockLetter(world, tx, facts),
  'older-way-asked': (facts, tx) => endAsking(world, tx, facts),
})

/** Everything that expires. Nothing depends on its going: whether it still holds is decided by every query. */
export const expiring = (world: World): readonly Clear[] => [
  (_db, now, count) => remindOfClosing(world, now, count),
  (_db, now, count) => eraseEnded(world, now, count),
  (db, now, count) => forgetStrangers(db, now, world.figures.strangersKept, count),
  deleteExpiredSecrets,
  deleteExpiredTries,
  deleteExpiredLetterCounts,
  deleteExpiredSuspicions,
  deleteExpiredGuards,
  deleteExpiredRecords,
  deleteExpiredSessions,
  deleteExpiredBrowsers,
  deleteExpiredChanges,
  deleteFormerAddresses,
  deleteFormerWays,
  deleteExpiredRecoveries,
  deleteExpiredRequests,
  deleteExpiredSignUps,
  deleteExpiredJourneys,
  deleteOldKeys,
  deleteMessagesOfNobody,
  deleteOldMessages,
]
