import { deleteExpiredRecoveries } from '../../core/model/recovery/store.ts'
import { endAsking } from '../../core/operations/disown/older-way.ts'
import { deleteFormerWays } from '../../core/operations/former-ways/former-factors.ts'
import type { Slice } from '../../slice.ts'
import { securedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const notMe = {
  routes,
  letters: { 'account-secured': securedLetter },
  jobs: { 'older-way-asked': endAsking },
  expiring: [deleteFormerWays, deleteExpiredRecoveries],
  samples: () => import('./samples.tsx'),
} satisfies Slice
