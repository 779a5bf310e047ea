import type { Slice } from '../../slice.ts'
import { addedLetter, removedLetter, renamedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const factors = {
  routes,
  letters: { 'factor-added': addedLetter, 'factor-renamed': renamedLetter, 'factor-removed': removedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
