/** Every account as a line that an import takes, a page at a time. */

import { pageOf } from '../../core/events/catalogue.ts'
import { emit } from '../../core/events/emit.ts'
import { listAccounts } from '../../core/model/account/search.ts'
import type { Account, AccountId } from '../../core/model/account/store.ts'
import { foreignText, isForeign } from '../../core/model/password/hashing.ts'
import { type KeptPassword, passwordsOf } from '../../core/model/password/store.ts'
import { seenSomewhere } from '../../core/model/session/device-trust.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { CannotOpen, type Keyring } from '../../platform/secrets/keyring.ts'
import type { Line, Needs } from './rules.ts'

const SEALED_FOR = 'export after'

/** A page of everybody, with their hashes: what `importAccounts` takes. No page without its entry in the audit log. */
export async function exportAccounts(
  needs: Needs,
  after: string | undefined,
  limit: number,
  actor: Actor,
): Promise<Done<{ accounts: Line[]; next: string | null }> | Refused<'cursor-unusable'>> {
  const { db, keyring, log } = needs
  const id = after === undefined ? undefined : openedId(keyring, after)
  if (after !== undefined && !id) return refused('cursor-unusable')
  const { accounts, next } = await listAccounts(db, id && { key: '', id }, limit)
  const ids = accounts.map((account) => account.id)
  const [passwords, seen] = [await passwordsOf(needs, ids), await seenSomewhere(db, ids)]
  const facts = pageOf(ids)
  if (facts) await transact(db, (tx) => emit(needs, tx, { kind: 'accounts-exported', account: null, facts }, actor))
  log.warn({ accounts: accounts.length }, 'accounts were exported, with the hashes of their passwords')
  const lines = accounts.map((account) => lineOf(keyring, account, passwords.get(account.id), seen.has(account.id)))
  return done({ accounts: lines, next: next ? keyring.seal(next.id, SEALED_FOR) : null })
}

function openedId(keyring: Keyring, sealed: string): AccountId | undefined {
  try {
    return keyring.open(sealed, SEALED_FOR) as AccountId
  } catch (error) {
    if (error instanceof CannotOpen) return undefined
    throw error
  }
}

const lineOf = (keyring: Keyring, account: Account, password: KeptPassword | undefined, seen: boolean): Line => ({
  id: account.id,
  email: account.email,
  ...((seen || password?.firstUse) && { email_verified: true }),
  email_fixed: account.emailFixed,
  staff_since: account.staffSince?.toISOString() ?? null,
  first_name: account.firstName,
  last_name: account.lastName,
  language: account.language,
  created_at: account.createdAt.toISOString(),
  blocked_at: account.blockedAt?.toISOString() ?? null,
  closing_at: account.closingAt?.toISOString() ?? null,
  password: password
    ? {
        ...(isForeign(password)
          ? { hash: foreignText(keyring, password) }
          : { hash: password.hash, pepper: password.pepperId }),
        changed_at: password.changedAt.toISOString(),
      }
    : null,
})
