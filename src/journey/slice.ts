import type { Slice } from '../slice.ts'
import { journeys } from './routes.tsx'
import { deleteExpiredJourneys } from './store.ts'

export const journey = { routes: journeys, expiring: [deleteExpiredJourneys] } satisfies Slice
