/**
 * Accounts that come from another service or go to one, a line each (docs/operate.md describes it).
 *
 *   read every line ──► who is there already? ──► insert the others, all in one transaction
 *
 * An account that exists is never changed by an import: a second run of the same lines finds everybody there.
 */

import { z } from 'zod'
import { erasedAmong } from '../../core/events/audit-log/store.ts'
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { type EmailKey, type EmailProblem, emailKey, parseEmail } from '../../core/model/account/email.ts'
import { type NameProblem, parseName } from '../../core/model/account/name.ts'
import { type Account, type AccountId, insertAccounts, newAccountId, whoHas } from '../../core/model/account/store.ts'
import { readForeign } from '../../core/model/password/foreign/foreign.ts'
import type { ForeignProblem } from '../../core/model/password/foreign/reader.ts'
import { type HashedPassword, keepForeign } from '../../core/model/password/hashing.ts'
import { insertPasswords, type KeptPassword } from '../../core/model/password/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { defaultLanguage, languages } from '../../platform/languages/languages.ts'
import type { Log } from '../../platform/log/log.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { CannotOpen, type Keyring } from '../../platform/secrets/keyring.ts'

export type Needs = EventNeeds & { log: Log }

// As long as a subject may be (OpenID Connect Core 1.0, section 2); without what an address or a path would need.
const ID = /^[A-Za-z0-9][A-Za-z0-9._~:|+=-]{0,254}$/
const codes = languages.map(({ code }) => code)
const time = z.iso.datetime({ offset: true })

export const lineSchema = z.strictObject({
  id: z.string().regex(ID, 'has 1 to 255 letters, digits and . _ ~ : | + = -').optional(),
  email: z.string(),
  email_verified: z.boolean().optional(),
  email_fixed: z.boolean().optional(),
  staff_since: time.nullish(),
  first_name: z.string(),
  last_name: z.string(),
  language: z.enum(codes).optional(),
  created_at: time.optional(),
  blocked_at: time.nullish(),
  closing_at: time.nullish(),
  password: z.strictObject({ hash: z.string(), pepper: z.string().optional(), changed_at: time.optional() }).nullish(),
})
export type Line = z.infer<typeof lineSchema>

export type LineProblem =
  | 'line-malformed'
  | 'address-unverified'
  | 'address-taken'
  | 'address-twice'
  | 'id-taken'
  | 'id-twice'
  | 'id-erased'
  | 'pepper-unknown'
  | EmailProblem
  | NameProblem
  | ForeignProblem
type LineRefused = Refused<LineProblem>

type Newcomer = { account: Account; key: EmailKey; password: KeptPassword | undefined; named: boolean }
/** `index`: of the lines as they were given. */
export type Imported = { imported: number; present: number; refused: (LineRefused & { index: number })[] }

/** Takes in what lines describe. `dryRun`: answers what would come of it, and changes nothing. */
export async function importAccounts(
  needs: Needs,
  lines: readonly unknown[],
  dryRun: boolean,
  actor: Actor,
): Promise<Imported> {
  const read = lines.map((line, index) => ({ index, line: readLine(needs, line) }))
  const refusals = read.flatMap(({ index, line }) => (line.ok ? [] : [{ ...line, index }]))
  const readable = read.flatMap(({ index, line }) => (line.ok ? [{ index, ...line.newcomer }] : []))
  const known = await whoIsThere(
    needs,
    readable.map(({ account }) => account),
  )
  let present = 0
  const newcomers: (Newcomer & { index: number })[] = []
  const here = { addresses: new Set<EmailKey>(), ids: new Set<AccountId>() }
  for (const one of readable) {
    const why = whyNot(one, known, here)
    if (why === 'present') present++
    else if (why) refusals.push({ ...why, index: one.index })
    else newcomers.push(one)
    here.addresses.add(one.key)
    here.ids.add(one.account.id)
  }
  const inserted = dryRun || newcomers.length === 0 ? undefined : await insert(needs, newcomers, actor)
  // An address taken between our query and our insert belongs to the account that took it.
  const late = inserted ? newcomers.filter(({ account }) => !inserted.has(account.id)) : []
  refusals.push(...late.map(({ index, key }) => ({ ...refused('address-taken', { address: key }), index })))
  return {
    imported: newcomers.length - late.length,
    present,
    refused: refusals.sort((one, other) => one.index - other.index),
  }
}

/** A subject of somebody whose account was erased is nobody's ever again. */
const whoIsThere = async ({ db }: Needs, accounts: readonly Account[]) => ({
  ...(await whoHas(db, accounts)),
  erased: await erasedAmong(
    db,
    accounts.map(({ id }) => id),
  ),
})

type Known = Awaited<ReturnType<typeof whoIsThere>>
type Here = { addresses: ReadonlySet<EmailKey>; ids: ReadonlySet<AccountId> }

function whyNot(
  { account: { id }, key, named }: Newcomer,
  known: Known,
  here: Here,
): LineRefused | 'present' | undefined {
  const [owner, address] = [known.byAddress.get(key), known.byId.get(id)]
  if (here.addresses.has(key)) return refused('address-twice', { address: key })
  if (here.ids.has(id)) return refused('id-twice', { id })
  if (owner && (owner === id || !named)) return 'present'
  if (owner) return refused('address-taken', { address: key })
  if (known.erased.has(id)) return refused('id-erased', { id })
  return address ? refused('id-taken', { id }) : undefined
}

async function insert(needs: Needs, newcomers: readonly Newcomer[], actor: Actor): Promise<ReadonlySet<AccountId>> {
  return transact(needs.db, async (tx) => {
    const accounts = newcomers.map(({ account }) => account)
    const ids = new Set(await insertAccounts(tx, accounts))
    const passwords = newcomers.flatMap(({ password }) => (password && ids.has(password.account) ? [password] : []))
    await insertPasswords(needs, tx, passwords)
    const [first] = ids
    const event = first && ({ kind: 'accounts-imported', account: null, facts: { count: ids.size, first } } as const)
    if (event) await emit(needs, tx, event, actor)
    return ids
  })
}

function readLine(needs: Needs, given: unknown): Done<{ newcomer: Newcomer }> | LineRefused {
  const parsed = lineSchema.safeParse(given)
  if (!parsed.success) return refused('line-malformed', { flaws: flawsOf(parsed.error) })
  const line = parsed.data
  const now = needs.clock.now()
  const [email, firstName, lastName] = [parseEmail(line.email), parseName(line.first_name), parseName(line.last_name)]
  if (!email.ok) return email
  if (line.email_verified === false) return refused('address-unverified')
  if (!firstName.ok) return firstName
  if (!lastName.ok) return lastName
  const id = (line.id ?? newAccountId(needs.random, needs.clock)) as AccountId
  const at = (text: string | null | undefined): Date | null => (text ? new Date(text) : null)
  const account: Account = {
    id,
    email: email.email,
    firstName: firstName.name,
    lastName: lastName.name,
    language: line.language ?? defaultLanguage,
    createdAt: at(line.created_at) ?? now,
    blockedAt: at(line.blocked_at),
    closingAt: at(line.closing_at),
    emailFixed: line.email_fixed ?? false,
    staffSince: at(line.staff_since),
    twoStepSince: null, // ways are not taken over
  }
  const newcomer = { account, key: emailKey(email.email), named: line.id !== undefined }
  if (!line.password) return done({ newcomer: { ...newcomer, password: undefined } })
  const hashed = readHash(needs.keyring, line.password)
  if (!hashed.ok) return hashed
  const changedAt = at(line.password.changed_at) ?? account.createdAt
  const firstUse = line.email_verified === true
  return done({ newcomer: { ...newcomer, password: { ...hashed.hashed, account: id, changedAt, firstUse } } })
}

const flawsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`)
    .join('; ')

type ImportedHash = NonNullable<Line['password']>

function readHash(keyring: Keyring, { hash, pepper }: ImportedHash): Done<{ hashed: HashedPassword }> | LineRefused {
  const read = readForeign(hash)
  if (!read.ok) return read
  if (pepper === undefined) return done({ hashed: keepForeign(keyring, hash) })
  if (!hash.startsWith('$argon2id$')) return refused('hash-damaged')
  try {
    keyring.pepper(pepper)
  } catch (error) {
    if (error instanceof CannotOpen) return refused('pepper-unknown', { pepper })
    throw error
  }
  return done({ hashed: { hash, pepperId: pepper } })
}
