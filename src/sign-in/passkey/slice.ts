import type { Slice } from '../../slice.ts'
import { routes } from './routes.ts'

export const passkey = { routes } satisfies Slice
