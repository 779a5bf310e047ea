import type { Slice } from '../../slice.ts'
import { copiedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const password = {
  routes,
  letters: { 'browser-copied': copiedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
