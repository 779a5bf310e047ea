import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const products = { api: routes } satisfies Slice
