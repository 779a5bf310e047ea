/** Why a command did not do what it was asked: one line for people, a word for programs. */
export class Refusal extends Error {
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

// By their names, so that a command which needs no database loads nothing of one.
const REASONS: Readonly<Record<string, string>> = {
  WrongSetting: 'wrong-setting',
  DatabaseUnavailable: 'database-unavailable',
  MigrationFailed: 'migration-failed',
}

/** What went wrong. A refusal is one line; a fault, which nobody foresaw, says where it comes from. */
export function explain(error: unknown): { reason: string; detail: string } {
  if (!(error instanceof Error)) return { reason: 'fault', detail: String(error) }
  const reason = error instanceof Refusal ? error.reason : REASONS[error.name]
  if (reason === undefined) return { reason: 'fault', detail: error.stack ?? error.message }
  return { reason, detail: error.message.replace(/\p{Cc}+/gu, ' ') }
}
