import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email, EmailKey } from '../../core/model/account/email.ts'
import type { AccountId } from '../../core/model/account/store.ts'
import { type FactorId, insertFactor } from '../../core/model/factor/store.ts'
import { sealFacts } from '../../core/model/password/policy/facts.ts'
import { betterPasswordBy } from '../../core/model/password/policy/policy-cache.ts'
import { secondFactorRequiredBy } from '../../core/operations/factor/required.ts'
import { system } from '../../platform/actor.ts'
import { days, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { drawId } from '../../platform/random.ts'
import { CALLERS, race } from '../../testing/race.ts'
import { restarted, type TestWorld, testWorld } from '../../testing/world.ts'
import { type PolicyChange, previewPolicy, setPolicy, showPolicy } from './rules.ts'

const set = async (world: TestWorld, change: PolicyChange) => {
  const made = await setPolicy(world, change, system)
  assert.ok(made.ok, 'the policy was refused')
  return made.policy
}

suite('C3: the policy has a version', () => {
  test('without one the setting holds; what is not said stays; what is asked already makes none', async () => {
    const world = await testWorld({ PASSERELLE_PASSWORD_MIN: '10' })
    const noSecondStep = { secondStep: 'nobody', secondStepGraceDays: 0 }
    const asked = { version: 0, minLength: 10, list: 'standard', graceDays: 0, ...noSecondStep, madeAt: undefined }
    assert.deepEqual(await showPolicy(world), [asked])
    const first = await set(world, { graceDays: 30 })
    assert.deepEqual([first.version, first.minLength, first.list, first.graceDays], [1, 10, 'standard', 30])
    const second = await set(world, { minLength: 12, list: 'strict' })
    assert.deepEqual([second.version, second.minLength, second.list, second.graceDays], [2, 12, 'strict', 30])
    assert.deepEqual(await set(world, { minLength: 12 }), second)
    assert.deepEqual(await showPolicy(world), [first, second])
    const nothing = await setPolicy(world, {}, system)
    assert.equal(!nothing.ok && nothing.reason, 'nothing-asked')
  })

  test('another process follows, and a late answer of the database does not take it back', async () => {
    const world = await testWorld()
    const other = restarted(world)
    await set(world, { minLength: 14 })
    assert.equal(other.policies.current().minLength, 8)
    await other.policies.follow()
    assert.equal(other.policies.current().minLength, 14)
    assert.deepEqual(other.policies.current(), world.policies.current())
  })

  test('of many operators at once each makes one version or is told that another was first', async () => {
    const worlds: TestWorld[] = []
    const made = await race(async () => {
      const world = await testWorld()
      worlds.push(world)
      return async (caller) => (await setPolicy(world, { minLength: 8 + (caller % 50) }, system)).ok
    }, 3)
    const versions = await showPolicy(restarted(worlds.at(-1) ?? (await testWorld())))
    assert.deepEqual(
      versions.map(({ version }) => version),
      versions.map((_, at) => at + 1),
    )
    assert.ok(made.every((n) => n >= 1 && n <= CALLERS))
  })
})

/** So many accounts with a password each, known to have these lengths and to be on these lists. */
async function accountsWith({ db, clock, random, keyring }: TestWorld, passwords: readonly (string | undefined)[]) {
  const rows = passwords.map((password, n) => {
    const id = drawId('acc', random, clock) as AccountId
    const hash = `$argon2id$${n}`
    return { id, hash, sealed: password === undefined ? null : sealFacts(keyring, password, hash), n }
  })
  for (let from = 0; from < rows.length; from += 1_000) {
    const some = rows.slice(from, from + 1_000)
    await db
      .insertInto('accounts')
      .values(
        some.map(({ id, n }) => ({
          id,
          email: `p${n}@exemple.ca` as Email,
          email_key: `p${n}@exemple.ca` as EmailKey,
          first_name: 'P',
          last_name: 'P',
          language: 'fr-CA' as const,
          created_at: clock.now(),
        })),
      )
      .execute()
    await db
      .insertInto('passwords')
      .values(
        some.map(({ id, hash, sealed }) => ({
          account_id: id,
          hash,
          pepper_id: 'x',
          sealed_facts: sealed,
          changed_at: clock.now(),
        })),
      )
      .execute()
  }
}

suite('C3: the operator sees beforehand how many accounts a rule would touch', () => {
  test('by length and by list, in as many batches as it takes', async () => {
    const world = await testWorld()
    const kinds = [undefined, 'tulipes ', 'onze girafes patientes', 'password2026', '12sunshine34', 'onze girafes']
    await accountsWith(world, Array.from({ length: 1_000 }, () => kinds).flat())
    const preview = (change: PolicyChange) => previewPolicy(world, change)
    const all = { accounts: 6_000, unknown: 1_000, notEnrolled: { everyone: 6_000, staff: 0 } }
    assert.deepEqual(await preview({}), { ...all, mustChange: 1_000, fit: 4_000 })
    assert.deepEqual(await preview({ minLength: 9 }), { ...all, mustChange: 2_000, fit: 3_000 })
    assert.deepEqual(await preview({ minLength: 12 }), { ...all, mustChange: 2_000, fit: 3_000 })
    assert.deepEqual(await preview({ minLength: 13 }), { ...all, mustChange: 4_000, fit: 1_000 })
    assert.deepEqual(await preview({ minLength: 12, list: 'strict' }), { ...all, mustChange: 3_000, fit: 2_000 })
    assert.equal((await showPolicy(world)).length, 1, 'a preview changes nothing')
  })

  test('the facts of a password mean nothing beside another hash, and all look alike', async () => {
    const world = await testWorld()
    await accountsWith(world, ['tulipes ', 'x'.repeat(200), 'password2026', '12sunshine34'])
    const sealed = await world.db.selectFrom('passwords').select(['account_id', 'sealed_facts']).execute()
    assert.equal(new Set(sealed.map((row) => row.sealed_facts?.length)).size, 1)
    await world.db
      .updateTable('passwords')
      .set({ sealed_facts: sealed[0]?.sealed_facts ?? '' })
      .execute()
    const { unknown } = await previewPolicy(world, {})
    assert.equal(unknown, 3)
  })
})

suite('C3: when a better password is asked for', () => {
  test('only of who signed in since, and a grace that began is not begun anew', async () => {
    const world = await testWorld()
    const signedIn = (length: number) => ({
      authenticatedAt: world.clock.now(),
      password: { length, found: undefined },
    })
    const before = signedIn(9)
    world.clock.advance(seconds(1))
    const { madeAt } = await set(world, { minLength: 10, graceDays: 30 })
    assert.ok(madeAt)
    const first = new Date(madeAt.getTime() + days(30).ms)
    assert.equal(betterPasswordBy(world.policies, before), undefined)
    assert.deepEqual(betterPasswordBy(world.policies, signedIn(9)), first)
    assert.equal(betterPasswordBy(world.policies, signedIn(10)), undefined)
    world.clock.advance(days(10))
    const second = await set(world, { minLength: 12 })
    assert.ok(second.madeAt)
    assert.deepEqual(betterPasswordBy(world.policies, signedIn(9)), first)
    assert.deepEqual(betterPasswordBy(world.policies, signedIn(11)), new Date(second.madeAt.getTime() + days(30).ms))
    await set(world, { minLength: 8 })
    assert.equal(betterPasswordBy(world.policies, signedIn(9)), undefined, 'a standard that was lowered again')
    assert.equal(betterPasswordBy(world.policies, { ...signedIn(9), password: undefined }), undefined)
  })
})

suite('E1: until when a second way may be put off', () => {
  /** In whole days from the beginning; the clock goes on while we look. */
  const beginning = ({ clock }: TestWorld) => {
    const start = clock.now().getTime()
    return {
      on: (day: number) => new Date(start + days(day).ms),
      dayOf: (date: Date | undefined) => date && Math.floor((date.getTime() - start) / days(1).ms),
    }
  }

  test('from the first day on, as many days as are said now; what is taken back begins anew', async () => {
    const world = await testWorld()
    const { on, dayOf } = beginning(world)
    const byWhen = (...marked: (Date | undefined)[]) =>
      marked.map((staffSince) => dayOf(secondFactorRequiredBy(world, { staffSince })))
    const [before, third, ninth] = [on(-9), on(3), on(9)]
    assert.deepEqual(byWhen(undefined, before), [undefined, undefined])
    await set(world, { secondStep: 'staff', secondStepGraceDays: 10 })
    assert.deepEqual(byWhen(undefined, before, third), [undefined, 10, 13])
    world.clock.advance(days(4))
    await set(world, { minLength: 12 })
    assert.deepEqual(byWhen(before), [10], 'a version about something else')
    await set(world, { secondStep: 'everyone' })
    assert.deepEqual(byWhen(undefined, before, ninth), [14, 10, 14])
    world.clock.advance(days(4))
    await set(world, { secondStepGraceDays: 30 })
    assert.deepEqual(byWhen(undefined, before), [34, 30])
    await set(world, { secondStep: 'staff' })
    assert.deepEqual(byWhen(undefined, before), [undefined, 30])
    await set(world, { secondStep: 'nobody' })
    assert.deepEqual(byWhen(before), [undefined])
    await set(world, { secondStep: 'everyone' })
    assert.deepEqual(byWhen(undefined, before), [38, 38])
  })

  test('a product has days of its own; the first of two days counts', async () => {
    const world = await testWorld()
    const { on, dayOf } = beginning(world)
    const secondStep = { since: on(0).toISOString(), graceDays: 3 }
    const byWhen = () => dayOf(secondFactorRequiredBy(world, { staffSince: null }, { secondStep }))
    assert.equal(byWhen(), 3)
    await set(world, { secondStep: 'everyone', secondStepGraceDays: 2 })
    assert.equal(byWhen(), 2)
    await set(world, { secondStepGraceDays: 9 })
    assert.equal(byWhen(), 3)
  })

  test('the operator sees beforehand how many accounts have none', async () => {
    const world = await testWorld()
    await accountsWith(world, [undefined, 'tulipes ', 'onze girafes'])
    const [one, two] = await world.db.selectFrom('accounts').select('id').execute()
    assert.ok(one && two)
    await world.db.updateTable('accounts').set({ staff_since: world.clock.now() }).where('id', '<>', two.id).execute()
    const id = drawId('fac', world.random, world.clock) as FactorId
    const made = {
      name: '',
      sealed_key: '',
      last_step: null,
      contact: null,
      made_at: world.clock.now(),
      last_used_at: null,
    }
    await transact(world.db, (tx) => insertFactor(tx, { id, account_id: one.id, kind: 'app', ...made }))
    assert.deepEqual((await previewPolicy(world, {})).notEnrolled, { everyone: 2, staff: 1 })
  })
})
