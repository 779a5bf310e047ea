import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const support = { api: routes } satisfies Slice
