import { deleteExpiredSignUps } from '../../core/model/sign-up/store.ts'
import { writeSignUpLetter } from '../../core/operations/sign-up-letter.ts'
import type { Slice } from '../../slice.ts'
import { signUpLetter, takenLetter } from './letters.ts'
import { routes } from './routes.tsx'

export const signUp = {
  routes,
  letters: { 'sign-up-code': signUpLetter, 'address-has-account': takenLetter },
  jobs: { 'sign-up-letter': writeSignUpLetter },
  expiring: [deleteExpiredSignUps],
  samples: () => import('./samples.tsx'),
} satisfies Slice
