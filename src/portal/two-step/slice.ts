import type { Slice } from '../../slice.ts'
import { turnedOffLetter, turnedOnLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const twoStep = {
  routes,
  letters: { 'two-step-on': turnedOnLetter, 'two-step-off': turnedOffLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
