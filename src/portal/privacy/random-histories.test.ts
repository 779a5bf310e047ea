/**
 * X2, over random histories: people share addresses after each other and numbers at once, ask for what is others' and
 * leave. A ledger that knows nothing of the database says whose each message is; exports and erasures agree with it.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Email } from '../../core/model/account/email.ts'
import { type Account, type AccountId, findAccount, findAccountByEmail } from '../../core/model/account/store.ts'
import { findSession, startSession } from '../../core/model/session/session.ts'
import { eraseEnded } from '../../core/operations/erase-account.ts'
import { tellOfLockout } from '../../core/operations/tell-of-lockout.ts'
import { beginJourney } from '../../journey/begin.ts'
import { after, hours } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { askForReset } from '../../sign-in/forgot-password/rules.ts'
import * as signingUp from '../../sign-in/sign-up/rules.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestWorld, testApp, testWorld } from '../../testing/world.ts'
import * as changing from '../change-email/rules.ts'
import * as contacts from '../contacts/rules.ts'
import { dataOf } from './rules.ts'

const actor = visitor
const NO_PROOF = { challenge: '', proof: '' }
const WITHOUT_LIMITS = Object.fromEntries([
  ...['LETTERS_MINUTE', 'LETTERS_HOUR', 'LETTERS_DAY'].map((name) => [`PASSERELLE_${name}`, '1000']),
  ...['ADDRESS_REQUESTS', 'NETWORK_REQUESTS', 'CHALLENGE_ADDRESS', 'CHALLENGE_NETWORK'].map((name) => [
    `PASSERELLE_${name}`,
    '1000000',
  ]),
  ['PASSERELLE_PHONE_COUNTRIES', 'CA'],
])

/** `who` and `where` choose among three people and three addresses, or two numbers. */
type Act = {
  what: 'join' | 'move' | 'try' | 'reset' | 'block' | 'number' | 'try-number' | 'leave'
  who: number
  where: number
}
const acts = fc.array(
  fc.record<Act>({
    what: fc.constantFrom('join', 'join', 'move', 'move', 'try', 'reset', 'block', 'number', 'try-number', 'leave'),
    who: fc.nat(2),
    where: fc.nat(2),
  }),
  { minLength: 8, maxLength: 20 },
)

/** A message as an act should cause it. `whose`: undefined for nobody's. `isShown`: in the data of whose it is. */
type Entry = { name: string; to: string; whose?: AccountId | undefined; isShown: boolean }
type Ledger = Map<string, Entry>

/** The people of one history; every act answers which messages it causes. */
function population(world: TestWorld, post: () => Promise<void>, run: number, ledger: Ledger) {
  const { db } = world
  const ids = new Map<number, AccountId>()
  const addressOf = (n: number) => `a${n}.run${run}@exemple.ca` as Email
  const numberOf = (n: number) => `+1613555${String(1000 + run * 2 + (n % 2))}`
  const accountOf = async (who: number): Promise<Account | undefined> => {
    const id = ids.get(who)
    return id && findAccount(db, id)
  }
  /** Every change of address, the latest last. */
  const moved: { id: AccountId; from: Email }[] = []
  /** A letter to the owner, if there is one. */
  const told = (name: string, owner: Account | undefined): Entry[] =>
    owner ? [{ name, to: owner.email, whose: owner.id, isShown: true }] : []
  const proved = (account: AccountId, to: string, name: string) => {
    for (const one of ledger.values())
      if (one.name === name && one.to === to && (one.whose ?? account) === account)
        Object.assign(one, { whose: account, isShown: true })
  }

  async function join(who: number, email: Email): Promise<Entry[]> {
    const former = await accountOf(who)
    if (former) return []
    const owner = await findAccountByEmail(db, email)
    const destination = { kind: 'place', path: '/account' } as const
    const journey = await beginJourney(world, { browser: actor.browser, destination })
    const form = { email, firstName: 'A', lastName: 'B', password: 'trois mots ici', language: 'en' as const }
    assert.ok((await signingUp.askToSignUp(world, journey, form, actor, NO_PROOF)).ok)
    await post()
    if (owner) return told('address-has-account', owner)
    const { code = '' } = world.box.newest(email)
    const outcome = await signingUp.confirmByCode(world, { journey, actor, former: undefined }, code ?? '')
    assert.ok(outcome.ok)
    const account = await findAccountByEmail(db, email)
    assert.ok(account)
    ids.set(who, account.id)
    return told('sign-up-code', account)
  }

  async function move(account: Account, email: Email, isConfirmed: boolean): Promise<Entry[]> {
    const owner = await findAccountByEmail(db, email)
    assert.ok((await changing.askToChange(world, account, email, actor)).ok)
    await post()
    if (owner) return told('email-change-tried', owner)
    const code = { name: 'email-change-code', to: email, whose: account.id }
    if (!isConfirmed) return [{ ...code, isShown: false }]
    const typed = world.box.newest(email).code ?? ''
    assert.ok((await changing.confirmByCode(world, account, typed, actor)).ok)
    proved(account.id, email, code.name)
    if (email !== account.email) moved.push({ id: account.id, from: account.email })
    return [
      { ...code, isShown: true },
      ...told('email-changed', { ...account, email }),
      ...told('email-changed-undo', account),
    ]
  }

  async function addNumber(account: Account, typed: string, isConfirmed: boolean): Promise<Entry[]> {
    const asked = await contacts.askForCode(world, account, { kind: 'text', typed }, actor)
    if (!asked.ok) return []
    await post()
    const code = { name: 'phone-code', to: typed, whose: account.id }
    if (!isConfirmed) return [{ ...code, isShown: false }]
    const signIn = { account: account.id, methods: ['pwd'], actor, former: undefined }
    const { id } = await transact(db, (tx) => startSession(world, tx, signIn))
    const session = await findSession(world, id)
    const waiting = contacts.pendingContactIn(world, account, asked.sealed)
    assert.ok(session && waiting)
    const typedCode = world.box.newestText(typed).code ?? ''
    assert.ok((await contacts.confirmContact(world, { account, session }, waiting, typedCode, actor)).ok)
    return [{ ...code, isShown: true }, ...told('factor-added', account)]
  }

  /** The account that had the address last, where nobody has it now: its mailbox is told how to undo the change. */
  async function hadLast(email: Email): Promise<Account | undefined> {
    for (const { id, from } of moved.toReversed()) {
      const account = from === email ? await findAccount(db, id) : undefined
      if (account) return { ...account, email }
    }
    return undefined
  }

  async function leave({ id }: Account): Promise<Entry[]> {
    await sql`update accounts set closing_at = ${world.clock.now()} where id = ${id}`.execute(db)
    assert.equal(await eraseEnded(world, world.clock.now(), 50), 1)
    for (const [message, { whose }] of ledger) if (whose === id) ledger.delete(message)
    return []
  }

  async function act({ what, who, where }: Act): Promise<Entry[]> {
    const email = addressOf(where)
    const owner = await findAccountByEmail(db, email)
    if (what === 'join') return join(who, email)
    if (what === 'reset') {
      assert.ok((await askForReset(world, email, undefined, actor, NO_PROOF)).ok)
      return owner ? told('reset-link', owner) : told('email-changed-undo', await hadLast(email))
    }
    if (what === 'block') {
      const counted = { failures: 10, off: false, until: after(world.clock.now(), hours(1)) }
      await transact(db, (tx) => tellOfLockout(world, tx, { email, actor, counted: counted as never }))
      return told('account-blocked', owner)
    }
    const account = await accountOf(who)
    if (!account) return []
    if (what === 'leave') return leave(account)
    if (what === 'move' || what === 'try') return move(account, email, what === 'move')
    return addNumber(account, numberOf(where), what === 'number')
  }
  return { act, ids }
}

const tag = ({ name, to }: { name: string; to: string }): string => `${name} ${to}`
const tags = (entries: Iterable<{ name: string; to: string }>): string[] => [...entries].map(tag).toSorted()

test('X2: an export holds exactly the messages of its account, an erasure takes exactly those', async () => {
  const world = await testWorld(WITHOUT_LIMITS)
  const { dispatcher } = await testApp(world)
  let run = 0
  const erased: number[] = []
  await fc.assert(
    fc.asyncProperty(acts, async (history) => {
      await sql`delete from outbox`.execute(world.db)
      const ledger: Ledger = new Map()
      const { act, ids } = population(world, dispatcher.drain, run++, ledger)
      const rows = async () => {
        const { rows } = await sql<{ id: string; name: string; to: string }>`
          select id, name, recipient as to from outbox where recipient is not null`.execute(world.db)
        return rows
      }
      for (const one of history) {
        world.clock.advance(hours(2))
        const expected = await act(one)
        await dispatcher.drain()
        const fresh = (await rows()).filter(({ id }) => !ledger.has(id))
        assert.deepEqual(tags(fresh), tags(expected), JSON.stringify(one))
        for (const row of fresh) ledger.set(row.id, expected.find((entry) => tag(entry) === tag(row)) ?? (one as never))
        assert.deepEqual(
          (await rows()).map(({ id }) => id).toSorted(),
          [...ledger.keys()].toSorted(),
          JSON.stringify(one),
        )
        for (const id of ids.values()) {
          const account = await findAccount(world.db, id)
          if (!account) erased.push(run)
          if (!account) continue
          const { letters } = await dataOf(world, account)
          const own = [...ledger.values()].filter(({ whose, isShown }) => whose === id && isShown)
          assert.deepEqual(tags(letters.map(({ to, what }) => ({ to: to ?? '', name: what }))), tags(own))
        }
      }
    }),
    { numRuns: 25 },
  )
  assert.ok(erased.length > 0, 'some account was erased')
})
