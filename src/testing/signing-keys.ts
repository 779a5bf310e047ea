/** The signing keys of test services. To make RSA keys takes a second: all services of one run have the same. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { KeyRow } from '../oidc/keys/store.ts'

/** Where the processes of one run keep them; without it, each process has its own. */
const file = process.env.PASSERELLE_TEST_SIGNING_KEYS
let keys: readonly KeyRow[] = []

export function knownKeys(): readonly KeyRow[] {
  if (keys.length === 0 && file && existsSync(file)) {
    const rows: (Omit<KeyRow, 'made_at'> & { made_at: string })[] = JSON.parse(readFileSync(file, 'utf8'))
    keys = rows.map((row) => ({ ...row, made_at: new Date(row.made_at) }))
  }
  return keys
}

export function keepKeys(made: readonly KeyRow[]): void {
  keys = made
  if (!file) return
  const whole = `${file}.${process.pid}`
  writeFileSync(whole, JSON.stringify(made))
  renameSync(whole, file)
}
