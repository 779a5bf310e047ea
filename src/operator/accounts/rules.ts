/**
 * What the operator can learn of an account and do to it: find it, see what its person sees and more, block it and
 * unblock it, have it closed. Never a password, a hash or a secret.
 */

import { countsSince } from '../../core/events/audit-log/history.ts'
import { pageOf } from '../../core/events/catalogue.ts'
import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import { forgetFailures } from '../../core/limits/sign-in-lockout.ts'
import { emailKey, parseEmail } from '../../core/model/account/email.ts'
import { type Cursor, listAccounts, searchAccounts } from '../../core/model/account/search.ts'
import { setBlocked, setStaff } from '../../core/model/account/status-store.ts'
import {
  type Account,
  type AccountId,
  findAccount,
  findAccountByEmail,
  holdAccount,
  lockEmail,
} from '../../core/model/account/store.ts'
import { codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { factorsOf } from '../../core/model/factor/store.ts'
import { type Hashing, isForeign } from '../../core/model/password/hashing.ts'
import { passwordsOf } from '../../core/model/password/store.ts'
import { productsUsedBy } from '../../core/model/product/store.ts'
import { endAllSessions } from '../../core/model/session/session.ts'
import { liveSessionsOf } from '../../core/model/session/store.ts'
import { openRequestOf } from '../../core/model/support-request/store.ts'
import { askToClose } from '../../core/operations/close-account.ts'
import type { Actor } from '../../platform/actor.ts'
import { before, days } from '../../platform/clock.ts'
import { type Db, type Tx, transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { CannotOpen, type Keyring } from '../../platform/secrets/keyring.ts'
import { hasControls, normalForm } from '../../platform/text.ts'

export type Needs = AccountNeeds & { hashing: Hashing; support: string }

type Unknown = Refused<'unknown-account'>
export type AccountProblem = 'unknown-account' | 'cursor-unusable' | 'search-unusable'

/** In code units: what is longer begins no address and no name. */
const LONGEST_SEARCH = 513

export type AccountQuery = { search: string; after?: string | undefined; limit: number }

/**
 * A page of accounts: everybody, or those whose address or name begins with what is searched, or whose id it is.
 * Where a page ends is sealed: it names an address or a name, and belongs to its search. The audit log says who was on it.
 */
export async function findAccounts(
  needs: Needs,
  { search, after, limit }: AccountQuery,
  actor: Actor,
): Promise<Done<{ accounts: Account[]; next: string | null }> | Refused<'cursor-unusable' | 'search-unusable'>> {
  const { db, keyring } = needs
  const typed = normalForm(search.trim(), 'NFC', LONGEST_SEARCH)?.trim()
  if (typed === undefined || hasControls(typed)) return refused('search-unusable')
  const context = `accounts after ${typed}`
  const place = after === undefined ? undefined : placeOf(keyring, after, context)
  if (after !== undefined && !place) return refused('cursor-unusable')
  const { accounts, next } = await pageAfter(db, typed, place, limit)
  const facts = pageOf(accounts.map(({ id }) => id))
  if (facts) await transact(db, (tx) => emit(needs, tx, { kind: 'accounts-listed', account: null, facts }, actor))
  return done({ accounts, next: next ? keyring.seal(JSON.stringify([next.key, next.id]), context) : null })
}

async function pageAfter(db: Db, typed: string, place: Cursor | undefined, limit: number) {
  if (typed === '') return listAccounts(db, place, limit)
  const byId = await findAccount(db, typed as AccountId)
  return byId ? { accounts: [byId], next: null } : searchAccounts(db, wellFormed(typed), place, limit)
}

/** A whole address is searched in its normal form, in which it is kept. */
function wellFormed(typed: string): string {
  const parsed = parseEmail(typed)
  return parsed.ok ? emailKey(parsed.email) : typed
}

function placeOf(keyring: Keyring, sealed: string, context: string): Cursor | undefined {
  try {
    const [key, id] = JSON.parse(keyring.open(sealed, context))
    return { key, id }
  } catch (error) {
    if (error instanceof CannotOpen) return undefined
    throw error
  }
}

const COUNTED_FOR = days(30)

/** Whose address or id that is. That it was read is written down. */
export async function lookUpAccount(needs: Needs, named: string, actor: Actor): Promise<Changed> {
  const account = await accountOf(needs, named)
  if (!account) return unknown(named)
  await transact(needs.db, (tx) => emit(needs, tx, { kind: 'account-read', account: account.id }, actor))
  return done({ account })
}

/** All there is to tell of one account, which is named by its id or its address. */
export async function showAccount(needs: Needs, named: string, actor: Actor) {
  const { db, clock, hashing } = needs
  const found = await lookUpAccount(needs, named, actor)
  if (!found.ok) return found
  const { account } = found
  const now = clock.now()
  const password = (await passwordsOf(needs, [account.id])).get(account.id)
  const counts = await countsSince(db, account.id, before(now, COUNTED_FOR))
  return done({
    account,
    password: password && {
      format: hashing.formatOf(password),
      foreign: isForeign(password),
      changedAt: password.changedAt,
    },
    ways: await factorsOf(db, account.id),
    recoveryCodes: (await codesLeft(db, account.id)).left,
    supportRequest: await openRequestOf(db, account.id, now),
    sessions: await liveSessionsOf(db, account.id, now),
    products: await productsUsedBy(db, account.id),
    signIns: { done: counts.get('signed-in') ?? 0, refused: counts.get('sign-in-refused') ?? 0 },
  })
}

/** False where it is so already. */
type Act = (tx: Tx, account: Account) => Promise<boolean>
export type Changed = Done<{ account: Account }> | Unknown

/** Does something to an account. Where it is so already, nothing changes, and the answer is the same: it was read, then. */
async function change(needs: Needs, named: string, actor: Actor, act: Act): Promise<Changed> {
  const account = await accountOf(needs, named)
  if (!account) return unknown(named)
  await transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account.id) // letters go to the address of now
    if (held && !(await act(tx, held))) await emit(needs, tx, { kind: 'account-read', account: held.id }, actor)
  })
  const changed = await findAccount(needs.db, account.id)
  return changed ? done({ account: changed }) : unknown(named)
}

/** Nobody signs in any more; every session and token ends, and products are told. */
export const blockAccount = (needs: Needs, named: string, actor: Actor): Promise<Changed> =>
  change(needs, named, actor, async (tx, person) => {
    const account = person.id
    if (!(await setBlocked(tx, account, needs.clock.now()))) return false
    await endAllSessions(needs, tx, account)
    const mail = { name: 'account-held', ...letterTo(needs, person) } as const
    await emit(needs, tx, { kind: 'account-blocked', account, facts: {}, mail }, actor)
    return true
  })

/** The person signs in again, with no failed try held against them: not even where there was no block of ours. */
export const unblockAccount = (needs: Needs, named: string, actor: Actor): Promise<Changed> =>
  change(needs, named, actor, async (tx, person) => {
    const account = person.id
    await forgetFailures(needs, tx, emailKey(person.email))
    await forgetFailures(needs, tx, `second step of ${account}`)
    if (!(await setBlocked(tx, account, null))) return false
    const mail = { name: 'account-released', ...letterTo(needs, person) } as const
    await emit(needs, tx, { kind: 'account-unblocked', account, mail }, actor)
    return true
  })

const letterTo = ({ brandOf, support }: Needs, { email: to, language }: Account) => ({
  to,
  language,
  facts: { brand: brandOf(), support },
})

/** Whether the person may change the address themselves (F5); where not, their page says whom to ask. */
const setFixed = (needs: Needs, named: string, actor: Actor, fixed: boolean): Promise<Changed> =>
  change(needs, named, actor, async (tx, { id: account }) => {
    if (!(await lockEmail(tx, account, fixed))) return false
    await emit(needs, tx, { kind: fixed ? 'email-fixed' : 'email-freed', account }, actor)
    return true
  })
export const fixAccountEmail = (needs: Needs, named: string, actor: Actor) => setFixed(needs, named, actor, true)
export const freeAccountEmail = (needs: Needs, named: string, actor: Actor) => setFixed(needs, named, actor, false)

/** Whether the person counts as staff, of whom more may be asked (E1). */
const setIsStaff = (needs: Needs, named: string, actor: Actor, isStaff: boolean): Promise<Changed> =>
  change(needs, named, actor, async (tx, { id: account }) => {
    if (!(await setStaff(tx, account, isStaff ? needs.clock.now() : null))) return false
    await emit(needs, tx, { kind: isStaff ? 'staff-marked' : 'staff-unmarked', account }, actor)
    return true
  })
export const markStaff = (needs: Needs, named: string, actor: Actor) => setIsStaff(needs, named, actor, true)
export const unmarkStaff = (needs: Needs, named: string, actor: Actor) => setIsStaff(needs, named, actor, false)

/** As the person's own closing: 30 days in which it can be taken back, then the account is erased. */
export const closeAccount = (needs: Needs, named: string, actor: Actor): Promise<Changed> =>
  change(needs, named, actor, (tx, { id: account }) => askToClose(needs, tx, { account, actor }))

async function accountOf({ db }: Needs, named: string): Promise<Account | undefined> {
  if (named.length > LONGEST_SEARCH || hasControls(named)) return undefined
  if (!named.includes('@')) return findAccount(db, named as AccountId)
  const parsed = parseEmail(named)
  return parsed.ok ? findAccountByEmail(db, parsed.email) : undefined
}

const unknown = (named: string): Unknown => refused('unknown-account', { named })
