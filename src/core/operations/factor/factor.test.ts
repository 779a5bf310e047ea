/** Of all who bring the same code at once, one has it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { transact } from '../../../platform/database/db.ts'
import { drawId, systemRandom } from '../../../platform/random.ts'
import { ROUNDS, race } from '../../../testing/race.ts'
import { type TestWorld, testWorld } from '../../../testing/world.ts'
import { parseEmail } from '../../model/account/email.ts'
import { insertAccount, newAccountId } from '../../model/account/store.ts'
import { drawCodes, looksLikeRecoveryCode, recoveryMark } from '../../model/factor/recovery-code.ts'
import { boundCodes, codesLeft, insertCodes, takeRecoveryCode } from '../../model/factor/recovery-code-store.ts'
import { type FactorId, factorsOf, insertFactor, takeStep } from '../../model/factor/store.ts'

const ONCE = Array.from({ length: ROUNDS }, () => 1)

async function somebody({ db, random, clock }: TestWorld) {
  const parsed = parseEmail('marie@exemple.ca')
  assert.ok(parsed.ok)
  const id = newAccountId(random, clock)
  const person = { email: parsed.email, firstName: 'M', lastName: 'T', language: 'fr' as const }
  await transact(db, (tx) => insertAccount(tx, id, person, clock.now()))
  return id
}

suite('64 callers with the same code (Z3)', () => {
  test('of an app: one has it, and no older one works afterwards', async () => {
    const world = await testWorld()
    const { db, clock, random } = world
    const account_id = await somebody(world)
    const id = drawId('fac', random, clock) as FactorId
    const made = { made_at: clock.now(), last_used_at: null }
    await transact(db, (tx) =>
      insertFactor(tx, {
        id,
        account_id,
        kind: 'app',
        name: '',
        sealed_key: 'x',
        last_step: null,
        contact: null,
        ...made,
      }),
    )
    const won = await race(async (round) => () => transact(db, (tx) => takeStep(tx, id, 1_000 + round, clock.now())))
    assert.deepEqual(won, ONCE)
    assert.equal(await transact(db, (tx) => takeStep(tx, id, 1_000, clock.now())), false)
    assert.equal((await factorsOf(db, account_id))[0]?.last_step, 999 + ROUNDS)
  })

  test('of recovery: one has it', async () => {
    const world = await testWorld()
    const { db, clock } = world
    const account = await somebody(world)
    const won = await race(async () => {
      const marks = drawCodes(systemRandom).map((code) => recoveryMark(account, code))
      const codes = boundCodes(world, account, marks)
      await transact(db, (tx) => insertCodes(tx, account, codes, clock.now()))
      return () => transact(db, (tx) => takeRecoveryCode(world, tx, account, marks[4] ?? ''))
    })
    assert.deepEqual(won, ONCE)
    assert.equal((await codesLeft(db, account)).left, 9)
  })
})

suite('a recovery code', () => {
  test('has 80 bits, is read as it was printed or typed, and is one account’s', async () => {
    const world = await testWorld()
    const account = await somebody(world)
    const codes = drawCodes(systemRandom)
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
    const mark = recoveryMark(account, 'OIBS-2345-ABCD-EFGH')
    for (const typed of ['oibs 2345 abcd efgh', '01BS2345ABCDEFGH', ' oi8s-2345–abcd-efgh '])
      assert.equal(recoveryMark(account, typed), mark, typed)
    assert.notEqual(recoveryMark(newAccountId(world.random, world.clock), 'OIBS-2345-ABCD-EFGH'), mark)
    for (const no of ['482913', '', 'OIBS-2345-ABCD-EFG', 'OIBS-2345-ABCD-EFG9'])
      assert.ok(!looksLikeRecoveryCode(no), no)
  })
})
