import type { Slice } from '../slice.ts'
import { deleteOldKeys } from './keys/keys.ts'

export const oidc = { expiring: [deleteOldKeys], samples: () => import('./samples.tsx') } satisfies Slice
