/** D1, X4: a stuffing run is challenged, and those who sign in beside it are not. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseEmail } from '../../core/model/account/email.ts'
import { insertAccount, newAccountId } from '../../core/model/account/store.ts'
import { setPassword } from '../../core/model/password/store.ts'
import { rememberBrowser } from '../../core/model/session/browsers.ts'
import type { Actor } from '../../platform/actor.ts'
import { minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { type Needs, signIn } from './rules.ts'

const RIGHT = 'the right password'
const ACCOUNTS = 500
const TRIES = 5_000
const NETWORKS = 2_000
const addressOf = (n: number): string => `person${n}@exemple.ca`
const networkOf = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`
const homeOf = (n: number) => ({
  ...visitor,
  network: `192.0.2.${n % 250}`,
  userAgent: '',
  browser: `the browser of person ${n}`,
})

/** People with accounts, the even ones with a known browser; comparing costs nothing, as it is not what is measured. */
async function people(world: TestWorld): Promise<Needs> {
  const hashed = { hash: 'not a hash', pepperId: 'none' }
  await transact(world.db, async (tx) => {
    for (let n = 0; n < ACCOUNTS; n++) {
      const parsed = parseEmail(addressOf(n))
      assert.ok(parsed.ok)
      const id = newAccountId(world.random, world.clock)
      const person = { email: parsed.email, firstName: 'A', lastName: 'B', language: 'en' as const }
      assert.ok(await insertAccount(tx, id, person, world.clock.now()))
      await setPassword(world, tx, id, hashed, world.clock.now(), { firstUse: true })
      if (n % 2 === 0) await rememberBrowser(tx, id, homeOf(n), world.clock.now())
    }
  })
  const check: Needs['hashing']['check'] = async (password) => ({ fits: password === RIGHT, stale: false })
  return { ...world, hashing: { ...world.hashing, check } }
}

type Try = { n: number; password: string; actor: Actor }
/** Signs in; true where it was challenged. */
async function challenged(needs: Needs, { n, password, actor }: Try): Promise<boolean> {
  const attempt = { email: addressOf(n), password, actor, browser: actor.browser }
  const outcome = await signIn(needs, {
    ...attempt,
    journey: undefined,
    to: undefined,
    former: undefined,
    proof: { challenge: '', proof: '' },
  })
  assert.ok(!outcome.ok || !outcome.waits, 'nobody is doubted here')
  return !outcome.ok && outcome.reason === 'not-proven'
}

/** How many of the tries are challenged, `atOnce` at a time. */
async function challengesAmong(needs: Needs, tries: readonly Try[], atOnce: number, between: () => void) {
  let count = 0
  for (let start = 0; start < tries.length; start += atOnce) {
    const some = await Promise.all(tries.slice(start, start + atOnce).map((one) => challenged(needs, one)))
    count += some.filter(Boolean).length
    between()
  }
  return count
}

const tooSlowElsewhere = { skip: !process.env.PASSERELLE_TEST_DATABASE_URL && 'it is long, and runs on PostgreSQL' }

suite('a stuffing run', tooSlowElsewhere, () => {
  test(`${TRIES} tries over ${ACCOUNTS} accounts from ${NETWORKS} networks: 95 in 100 are challenged, of 100 ordinary sign-ins one at most`, async () => {
    const world = await testWorld()
    const needs = await people(world)
    const attack = Array.from({ length: TRIES }, (_, n) => ({
      n: n % ACCOUNTS,
      password: 'from another leak',
      actor: { ...visitor, network: networkOf(n % NETWORKS), userAgent: '', browser: `bot ${n}` },
    }))
    const ordinary = (from: number, count: number, step: number): Try[] =>
      Array.from({ length: count }, (_, at) => {
        const n = from + at * step
        return { n, password: RIGHT, actor: homeOf(n) }
      })
    const quiet = await challengesAmong(needs, ordinary(1, 25, 2), 5, () => {})
    // Over half an hour and more, so that the counters begin anew in between.
    const half = TRIES / 2
    const pause = () => world.clock.advance(seconds(7))
    const first = await challengesAmong(needs, attack.slice(0, half), 20, pause)
    const during = await challengesAmong(needs, ordinary(0, 50, 2), 5, () => {})
    const second = await challengesAmong(needs, attack.slice(half), 20, pause)
    world.clock.advance(minutes(31))
    const afterwards = await challengesAmong(needs, ordinary(101, 25, 2), 5, () => {})
    assert.ok(first + second >= TRIES * 0.95, `${first + second} of ${TRIES} were challenged`)
    assert.ok(quiet + during + afterwards <= 1, `${quiet}, ${during}, ${afterwards} ordinary ones were`)
  })
})
