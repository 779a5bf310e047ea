/** The products a person uses, and the removal of their access; what products see of it stands in e2e/protocol. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Account, type AccountId, findAccount } from '../../core/model/account/store.ts'
import type { ProductId } from '../../core/model/product/product.ts'
import { scopeAt } from '../../core/model/product/product.ts'
import { scopeWords } from '../../core/model/product/scope-words.ts'
import { consentedScopes, noteUse, setConsent } from '../../core/model/product/store.ts'
import { days } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { somebody } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testProduct, testService } from '../../testing/world.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { removeAccess } from './rules.ts'
import { texts } from './texts.ts'

const t = texts.in('en')
const [LEDGER, CALENDAR] = ['ledger', 'calendar'] as ProductId[] as [ProductId, ProductId]
const actor = visitor
const API = scopeAt('https://api.calendar.example', 'calendar:write')

async function newest({ db }: TestService): Promise<Account> {
  const { id } = await db.selectFrom('accounts').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
  const account = await findAccount(db, id)
  assert.ok(account)
  return account
}
const agree = ({ db, clock }: TestService, account: AccountId) =>
  transact(db, (tx) => setConsent(tx, account, CALENDAR, ['openid', 'email', API], clock.now()))
const removals = async ({ db }: TestService) =>
  (await db.selectFrom('history').selectAll().where('kind', '=', 'access-removed').execute()).map(({ facts }) => facts)
const letters = ({ box }: TestService) => box.letters.filter(({ subject }) => /no longer has access/.test(subject))

/** Somebody who uses a product of ours, and one that is not. */
async function used() {
  const service = await testService()
  await testProduct(service, LEDGER, { name: 'Grand Livre' })
  await testProduct(service, CALENDAR, { name: 'Tidy Calendar', thirdParty: true })
  const browser = await somebody(service)
  const account = await newest(service)
  await noteUse(service.db, account.id, LEDGER, service.clock.now())
  await agree(service, account.id)
  return { service, browser, account }
}

suite('K1: products with consent and "Remove access"', () => {
  test('each says since when, when last, and what it may see', async () => {
    const { service, browser, account } = await used()
    const first = service.clock.now()
    service.clock.advance(days(3))
    await noteUse(service.db, account.id, LEDGER, service.clock.now())
    const { html } = await browser.open('/sign-in').then(async () => {
      await browser.send({ email: account.email, password: 'trois mots ici' })
      return browser.open(urls.products)
    })
    const [since, last] = [dayWords('en', first), dayWords('en', service.clock.now())]
    const agreed = ['openid', 'email', API].map((scope) => scopeWords('en', scope))
    for (const said of [
      'Grand Livre',
      t('used', { since, last }),
      t('ours'),
      'Tidy Calendar',
      t('usedOnce', { since }),
    ])
      assert.ok(html.includes(said), said)
    for (const scope of agreed) assert.ok(html.includes(scope), scope)
    assert.ok(html.indexOf('Grand Livre') < html.indexOf('Tidy Calendar'), 'the one opened last comes first')
  })

  test('removing access forgets the consent, is written down, and the mailbox is told', async () => {
    const { service, browser, account } = await used()
    await browser.open(urls.products)
    const page = browser.page
    for (let n = 0; n < 2; n++) {
      browser.page = page
      const visit = await browser.send({ product: CALENDAR }, { button: t('remove') })
      assert.ok(visit.html.includes(t('removed')))
      assert.ok(!visit.html.includes('Tidy Calendar') && visit.html.includes('Grand Livre'))
    }
    assert.deepEqual(await consentedScopes(service.db, account.id, CALENDAR), [])
    assert.deepEqual(await removals(service), [{ product: CALENDAR }])
    await service.post()
    const [letter, ...more] = letters(service)
    assert.deepEqual([letter?.to, more.length], [account.email, 0])
    assert.match(letter?.text ?? '', /Tidy Calendar/)
    assert.match(letter?.text ?? '', /\/not-me\?link=/)
  })

  test('a product that was never used, or is none, is answered the same; nobody else loses anything', async () => {
    const { service, account } = await used()
    const stranger = await somebody(service, 'stranger@exemple.ca')
    await noteUse(service.db, (await newest(service)).id, LEDGER, service.clock.now())
    await stranger.open(urls.products)
    const page = stranger.page
    for (const product of [CALENDAR, 'none', '', 'a\u0001b', '__proto__']) {
      stranger.page = page
      const { at, status } = await stranger.send({ product }, { button: t('remove') })
      assert.deepEqual([status, at], [200, `${urls.products}?done=removed`], product)
    }
    assert.equal((await consentedScopes(service.db, account.id, CALENDAR)).length, 3)
    assert.deepEqual(await removals(service), [])
  })

  test('of 64 who remove it at once one writes it down and tells the mailbox', async () => {
    const { service, account } = await used()
    await race(async () => {
      await agree(service, account.id)
      return async () => removeAccess(service, account, CALENDAR, actor).then(() => true)
    }, 5)
    await service.post()
    assert.deepEqual([(await removals(service)).length, letters(service).length], [5, 5])
  })
})
