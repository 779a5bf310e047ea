/** E1: where a second factor is required it can be replaced, and not switched off. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { type AccountId, findAccountByEmail } from '../../core/model/account/store.ts'
import { type FactorId, insertFactor } from '../../core/model/factor/store.ts'
import { removeFactor } from '../../core/operations/factor/remove-factor.ts'
import { type PolicyChange, setPolicy } from '../../operator/policy/rules.ts'
import { requireSecondStep } from '../../operator/products/rules.ts'
import { system } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { drawId } from '../../platform/random.ts'
import { appOf } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { ask } from '../../testing/operator.ts'
import { productRequest, somebody } from '../../testing/people.ts'
import { CALLERS, race } from '../../testing/race.ts'
import { type TestService, testService } from '../../testing/world.ts'

const refused = '/account/factors?refused=last-way'
const email = 'marie@exemple.ca'

const set = async (service: TestService, wish: PolicyChange) => assert.ok((await setPolicy(service, wish, system)).ok)
const require = async (service: TestService, required: boolean) =>
  assert.ok((await requireSecondStep(service, 'ledger', { required }, system)).ok)

async function addApp(service: TestService, browser: Browser): Promise<void> {
  await browser.open('/account/factors/app')
  await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
}

suite('E1: where it is required it is not switched off', () => {
  const remove = (browser: Browser, way = '') => browser.send(way ? { way } : {}, { button: 'Remove' })

  async function withWays(count: number) {
    const service = await testService()
    const [browser, request] = [await somebody(service), await productRequest(service)]
    for (let n = 0; n < count; n++) {
      await addApp(service, browser)
      if (n === 0) await browser.send({}, { button: 'I have saved them' })
    }
    await browser.open('/account/factors')
    const ways = () => service.db.selectFrom('factors').select('id').execute()
    return { service, browser, request, ways }
  }

  test('the last way stays and the page says why; another first, then it goes', async () => {
    const { service, browser, ways } = await withWays(1)
    await set(service, { secondStep: 'everyone', secondStepGraceDays: 30 })
    const before = await ways()
    assert.match((await remove(browser)).html, /Add another first, then remove this one/)
    assert.deepEqual([browser.page.at, await ways()], [refused, before])
    await addApp(service, browser)
    await remove(browser, before[0]?.id)
    assert.match(browser.page.html, /That way is removed/)
    assert.equal((await ways()).length, 1)
  })

  test('because of a product it holds for who uses it, and for nobody else', async () => {
    const { service, browser, request, ways } = await withWays(1)
    await require(service, true)
    await remove(browser)
    assert.equal((await ways()).length, 0, 'never at the product')
    await browser.open(request)
    assert.match(browser.page.at, /^\/second-way/)
    await addApp(service, browser)
    await browser.send({}, { button: 'I have saved them' })
    await browser.open('/account/factors')
    assert.equal((await remove(browser)).at, refused)
    await require(service, false)
    await browser.open('/account/factors')
    await remove(browser)
    assert.equal((await ways()).length, 0)
  })

  test('of staff, and not of others', async () => {
    const { service, browser, ways } = await withWays(1)
    await set(service, { secondStep: 'staff' })
    await ask(service, 'POST', '/api/v1/accounts/marie@exemple.ca/staff')
    assert.equal((await remove(browser)).at, refused)
    await ask(service, 'POST', '/api/v1/accounts/marie@exemple.ca/not-staff')
    await remove(browser)
    assert.equal((await ways()).length, 0)
  })

  test('of 64 who remove one or the other of the last two at once, one is left, and who left it is told why (Z3)', async () => {
    const { service, ways } = await withWays(0)
    await set(service, { secondStep: 'everyone' })
    const account = await findAccountByEmail(service.db, email as Email)
    assert.ok(account)
    const left: number[] = []
    // Ten rounds: every removal writes a row of the audit log and a letter.
    const removed = await race(async (round) => {
      if (round > 0) left.push((await ways()).length)
      await service.db.deleteFrom('factors').execute()
      const ids = [await anApp(service, account.id), await anApp(service, account.id)] as const
      return async (caller) => (await removeFactor(service, account, ids[caller % 2 ? 0 : 1], system)).ok
    }, 10)
    left.push((await ways()).length)
    assert.deepEqual(
      left,
      removed.map(() => 1),
    )
    assert.ok(
      removed.every((count) => count === CALLERS / 2),
      'those who wanted the other one',
    )
  })
})

async function anApp(service: TestService, account_id: AccountId): Promise<FactorId> {
  const { db, random, clock } = service
  const id = drawId('fac', random, clock) as FactorId
  const made = { name: '', sealed_key: '', last_step: null, contact: null, made_at: clock.now(), last_used_at: null }
  await transact(db, (tx) => insertFactor(tx, { id, account_id, kind: 'app', ...made }))
  return id
}
