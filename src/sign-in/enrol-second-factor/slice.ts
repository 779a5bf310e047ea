import type { Slice } from '../../slice.ts'
import { routes } from './routes.tsx'

export const enrolSecondFactor = { routes, samples: () => import('./samples.tsx') } satisfies Slice
