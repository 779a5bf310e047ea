import { deleteExpiredRequests } from '../../core/model/support-request/store.ts'
import type { Slice } from '../../slice.ts'
import { askedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const lostFactors = {
  routes,
  letters: { 'support-asked': askedLetter },
  expiring: [deleteExpiredRequests],
  samples: () => import('./samples.tsx'),
} satisfies Slice
