import type { Slice } from '../../slice.ts'
import { heldLetter, releasedLetter } from './letters.ts'
import { routes } from './routes.ts'

export const accounts = {
  api: routes,
  letters: { 'account-held': heldLetter, 'account-released': releasedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
