import type { Slice } from '../../slice.ts'
import { blockedLetter } from './letters.ts'
import { routes } from './routes.tsx'
import { writeBlockLetter } from './rules.ts'

export const unblock = {
  routes,
  letters: { 'account-blocked': blockedLetter },
  jobs: { 'block-letter': writeBlockLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
