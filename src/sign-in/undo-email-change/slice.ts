import { deleteFormerAddresses } from '../../core/model/account/addresses.ts'
import type { Slice } from '../../slice.ts'
import { droppedLetter, undoneLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const undoEmailChange = {
  routes,
  letters: { 'email-change-undone': undoneLetter, 'address-dropped': droppedLetter },
  expiring: [deleteFormerAddresses],
  samples: () => import('./samples.tsx'),
} satisfies Slice
