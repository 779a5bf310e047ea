import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const audit = { api: routes } satisfies Slice
