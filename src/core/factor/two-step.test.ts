/** Which accounts had two-step verification from the start: those that were asked for a second step until then. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { before, days } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { defaultLanguage } from '../../platform/languages/languages.ts'
import { packageRoot } from '../../platform/package-root.ts'
import { drawId } from '../../platform/random.ts'
import { testWorld } from '../../testing/world.ts'
import type { Email } from '../account/email.ts'
import { type AccountId, findAccount, insertAccount, newAccountId } from '../account/store.ts'
import { insertAdded } from './change.ts'
import type { FactorId, FactorKind } from './store.ts'

test('E9: existing accounts keep what they have: on, with anything that was a second step; a back-up address was none', async () => {
  const world = await testWorld()
  const { db, random, clock } = world
  const accounts: [FactorKind[], boolean][] = [
    [[], false],
    [['email'], false],
    [['passkey'], true],
    [['app'], true],
    [['email', 'text'], true],
    [['voice'], true],
  ]
  const ids: AccountId[] = []
  for (const [at, [kinds]] of accounts.entries()) {
    const id = newAccountId(random, clock)
    const person = {
      email: `person-${at}@exemple.ca` as Email,
      firstName: 'M',
      lastName: 'T',
      language: defaultLanguage,
    }
    await transact(db, async (tx) => {
      await insertAccount(tx, id, person, clock.now())
      for (const kind of kinds) await insertAdded(world, tx, id, { id: drawId('fac', random, clock) as FactorId, kind })
    })
    ids.push(id)
  }
  clock.advance(days(1))
  const migration = readFileSync(join(packageRoot, 'db/migrations/0014-two-step.sql'), 'utf8')
  await sql.raw(migration.slice(migration.indexOf('update accounts'))).execute(db)
  for (const [at, [kinds, on]] of accounts.entries()) {
    const id = ids[at]
    const account = id && (await findAccount(db, id))
    assert.ok(account)
    assert.equal(account.twoStepSince !== null, on, kinds.join(' and ') || 'nothing')
    assert.ok(
      !account.twoStepSince || account.twoStepSince < before(clock.now(), days(1)),
      'since its first way was made',
    )
  }
})
