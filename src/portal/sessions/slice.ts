import type { Slice } from '../../slice.ts'
import { endedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const sessions = {
  routes,
  letters: { 'other-sessions-ended': endedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
