import type { Slice } from '../../slice.ts'
import { larger, routes } from './routes.ts'

export const transfer = { api: routes, larger } satisfies Slice
