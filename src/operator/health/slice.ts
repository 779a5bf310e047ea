import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const health = { plain: routes } satisfies Slice
