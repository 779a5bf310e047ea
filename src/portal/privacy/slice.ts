import { remindOfClosing } from '../../core/operations/close-account.ts'
import { eraseEnded } from '../../core/operations/erase-account.ts'
import type { Slice } from '../../slice.ts'
import { closesSoonLetter, closingLetter, exportedLetter, keptLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const privacy = {
  routes,
  letters: {
    'account-closing': closingLetter,
    'account-closes-soon': closesSoonLetter,
    'account-kept': keptLetter,
    'data-exported': exportedLetter,
  },
  expiring: [remindOfClosing, eraseEnded],
  samples: () => import('./samples.tsx'),
} satisfies Slice
