import type { Slice } from '../../slice.ts'
import { codesMadeLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const recoveryCodes = {
  routes,
  letters: { 'recovery-codes-made': codesMadeLetter },
  samples: () => import('./samples.tsx'),
} satisfies Slice
