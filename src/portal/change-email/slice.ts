import { deleteExpiredChanges } from '../../core/model/account/addresses.ts'
import type { Slice } from '../../slice.ts'
import { changeCodeLetter, emailChangedLetter, triedLetter, undoLetter } from './letters.ts'
import { routes } from './routes.tsx'
import { writeChangeLetter } from './rules.ts'

export const changeEmail = {
  routes,
  letters: {
    'email-change-code': changeCodeLetter,
    'email-change-tried': triedLetter,
    'email-changed': emailChangedLetter,
    'email-changed-undo': undoLetter,
  },
  jobs: { 'email-change-letter': writeChangeLetter },
  expiring: [deleteExpiredChanges],
  samples: () => import('./samples.tsx'),
} satisfies Slice
