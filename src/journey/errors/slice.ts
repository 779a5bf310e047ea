import type { Slice } from '../../slice.ts'

export const errors = { samples: () => import('./samples.tsx') } satisfies Slice
