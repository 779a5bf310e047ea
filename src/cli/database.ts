/** The database that the settings name. */
import { type Hooks, type OpenDatabase, openDatabase } from '../platform/database/open.ts'
import type { Values } from '../settings.ts'

/** @throws {DatabaseUnavailable} one line: it is away, or another process has it */
export const openOurs = (values: Values, hooks?: Hooks): Promise<OpenDatabase> =>
  openDatabase(
    values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL, poolSize: values.DATABASE_POOL }
      : { kind: 'embedded', folder: values.PASSERELLE_DATA },
    hooks,
  )
