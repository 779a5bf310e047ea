import type { Slice } from '../../slice.ts'
import { codeToBackUp, recoveryLetter, refusedLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const secondStep = {
  routes,
  letters: {
    'second-step-refused': refusedLetter,
    'recovery-code-used': recoveryLetter,
    'second-step-code': codeToBackUp,
  },
  samples: () => import('./samples.tsx'),
} satisfies Slice
