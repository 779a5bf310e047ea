/** A2, Z3: two accounts never end with one address, however many ask for it at once. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import type { Email } from '../../core/model/account/email.ts'
import { type Account, findAccount, insertAccount, newAccountId } from '../../core/model/account/store.ts'
import { draw } from '../../core/model/one-time/one-time.ts'
import { beginJourney } from '../../journey/begin.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { askToSignUp, confirmByLink as confirmSignUp } from '../../sign-in/sign-up/rules.ts'
import { CALLERS, race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { askToChange, confirmByLink } from './rules.ts'

const actor = visitor
// Every round opens 64 requests, each with a letter and half of them with a hash.
const ROUNDS = 3

async function makeAccount(world: TestWorld, email: string): Promise<Account> {
  const id = newAccountId(world.random, world.clock)
  const person = { email: email as Email, firstName: 'A', lastName: 'B', language: 'en' as const }
  await transact(world.db, (tx) => insertAccount(tx, id, person, world.clock.now()))
  const account = await findAccount(world.db, id)
  assert.ok(account)
  return account
}

/** A link as the next letter will bring it. */
const linkFor = async (world: TestWorld, purpose: 'sign-up' | 'change-email', subject: string): Promise<string> =>
  (await transact(world.db, (tx) => draw(world, tx, { purpose, subject, lives: minutes(30), tries: 5 }))).link

suite('two accounts never end with one address', () => {
  test('half of 64 callers sign up with it, half change to it, all at once: one has it', async () => {
    const world = await testWorld({
      PASSERELLE_CHALLENGE_NETWORK: '1000000',
      PASSERELLE_CHALLENGE_ADDRESS: '1000000',
      PASSERELLE_ADDRESS_REQUESTS: '1000000',
      PASSERELLE_LETTERS_MINUTE: '1000',
      PASSERELLE_LETTERS_HOUR: '1000',
      PASSERELLE_LETTERS_DAY: '1000',
    })
    const successes = await race(async (round) => {
      const email = `wanted${round}@exemple.ca`
      const ways: (() => Promise<{ ok: boolean; reason?: string }>)[] = []
      for (let caller = 0; caller < CALLERS; caller++)
        if (caller % 2) {
          const account = await makeAccount(world, `someone${round}-${caller}@exemple.ca`)
          assert.ok((await askToChange(world, account, email, actor)).ok)
          const link = await linkFor(world, 'change-email', account.id)
          ways.push(() => confirmByLink(world, account, link, actor))
        } else {
          const destination = { kind: 'place', path: '/account' } as const
          const journey = await beginJourney(world, { browser: 'browser', destination })
          const form = { email, firstName: 'A', lastName: 'B', password: 'trois mots ici', language: 'en' as const }
          assert.ok((await askToSignUp(world, journey, form, actor, { challenge: '', proof: '' })).ok)
          const link = await linkFor(world, 'sign-up', journey.id)
          ways.push(() => confirmSignUp(world, { journey, actor, former: undefined }, link))
        }
      return async (caller) => {
        const outcome = await ways[caller]?.()
        if (!outcome?.ok) assert.equal(outcome?.reason, 'address-taken')
        return outcome?.ok ?? false
      }
    }, ROUNDS)
    assert.deepEqual(successes, Array(ROUNDS).fill(1))
    const { rows } = await sql`select email_key from accounts group by email_key having count(*) > 1`.execute(world.db)
    assert.deepEqual(rows, [])
  })

  test('F2: 64 callers with the same link: one changes the address', async () => {
    const world = await testWorld()
    const successes = await race(async (round) => {
      const account = await makeAccount(world, `someone${round}@exemple.ca`)
      assert.ok((await askToChange(world, account, `new${round}@exemple.ca`, actor)).ok)
      const link = await linkFor(world, 'change-email', account.id)
      return async () => (await confirmByLink(world, account, link, actor)).ok
    }, 10)
    assert.deepEqual(successes, Array(10).fill(1))
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from former_addresses`.execute(world.db)
    assert.equal(rows[0]?.count, 10)
  })
})
