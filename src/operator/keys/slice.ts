import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const keys = { api: routes } satisfies Slice
