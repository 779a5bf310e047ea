import type { Slice } from '../../slice.ts'
import { changedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const newPassword = {
  routes,
  letters: { 'password-changed': changedLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
