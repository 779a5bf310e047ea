import type { Slice } from '../../slice.ts'
import { newWayLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const contacts = {
  routes,
  letters: { 'new-way-code': newWayLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
