import type { Slice } from '../../slice.ts'
import { resetLetter } from './letters.ts'
import { routes } from './routes.tsx'
import { writeResetLetter } from './rules.ts'

export const forgotPassword = {
  routes,
  letters: { 'reset-link': resetLetter },
  jobs: { 'reset-letter': writeResetLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
