/**
 * The database cannot be used. The message is one line for a terminal: what is wrong, with which database, and the way
 * out where there is one. It never holds a password.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/** What to say about an unknown thrown thing, on one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return (error.message || code).split('\n', 1).join()
}
