import type { Slice } from '../../slice.ts'
import { confirmLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const confirmSignIn = {
  routes,
  letters: { 'confirm-sign-in': confirmLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
