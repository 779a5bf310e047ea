import type { Slice } from '../../slice.ts'
import { removedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const usedProducts = {
  routes,
  letters: { 'access-removed': removedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
