/** The profile: what is taken, what it changes, and what the history keeps of it. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { changesOf } from '../../core/events/product-events.ts'
import { findAccount } from '../../core/model/account/store.ts'
import type { ProductId } from '../../core/model/product/product.ts'
import { noteUse } from '../../core/model/product/store.ts'
import { type Browser, formsOf } from '../../testing/browser.ts'
import { somebody } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testProduct, testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'
import { changeProfile } from './rules.ts'
import { texts } from './texts.ts'

const t = texts.in('en')
const actor = visitor

async function person({ db }: TestService) {
  const { id } = await db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
  const account = await findAccount(db, id)
  assert.ok(account)
  return account
}
/** What the form of the profile carries by itself. */
const hiddenOf = ({ page }: Browser) => formsOf(page.html).find(({ action }) => action === urls.profile)?.hidden
const changes = async ({ db }: TestService) =>
  (await db.selectFrom('history').selectAll().where('kind', '=', 'profile-changed').execute()).map(({ facts }) => facts)

suite('K1: the profile', () => {
  test('a name and a language are changed, everywhere at once (A4); the history says what, and no names', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const page = await browser.open(urls.profile)
    assert.match(page.html, /value="Tremblay"/)
    assert.match(page.html, /<option value="en" selected/)
    const typed = { 'first-name': '  Maria  Eva ', 'last-name': 'Tremblay', locale: 'fr-CA' }
    const visit = await browser.send(typed, { button: t('submit') })
    assert.equal(visit.at, `${urls.profile}?done=saved`)
    assert.match(visit.html, /<html lang="fr-CA"/)
    assert.ok(visit.html.includes(texts.in('fr-CA')('saved')))
    const { firstName, lastName, language } = await person(service)
    assert.deepEqual([firstName, lastName, language], ['Maria Eva', 'Tremblay', 'fr-CA'])
    assert.deepEqual(await changes(service), [{ changed: ['firstName', 'language'] }])
    assert.match((await browser.open(urls.account)).html, /Maria Eva Tremblay/)
  })

  test('H1 H2: the list at the foot changes the page and not the account', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open(urls.profile)
    await browser.request(urls.language, {
      method: 'POST',
      body: new URLSearchParams({ ...hiddenOf(browser), 'first-name': 'Typed', locale: 'en', language: 'fr' }),
      headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
    })
    const visit = await browser.open(urls.profile)
    assert.match(visit.html, /<html lang="fr"/)
    assert.match(visit.html, /value="Typed"/, 'what was typed is kept')
    assert.match(visit.html, /<option value="en" selected/)
    assert.equal((await person(service)).language, 'en')
    const saved = await browser.send({ 'first-name': 'Eva' }, { button: texts.in('fr')('submit') })
    assert.match(saved.html, /<html lang="fr"/)
    assert.equal((await person(service)).language, 'en', 'nor does saving something else')
  })

  test('Z7: names are refused as at a sign-up, each with its reason; what was typed is kept', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open(urls.profile)
    const bad = { 'first-name': '\u202e\u200f ', 'last-name': 'https://x.example', locale: 'fr' }
    const visit = await browser.send(bad, { button: t('submit') })
    assert.equal(visit.status, 422)
    assert.match(visit.html, /Enter your first name\./)
    assert.match(visit.html, /value="https:\/\/x\.example"/)
    assert.match(visit.html, /<option value="fr" selected/)
    assert.deepEqual(await changes(service), [])
    assert.equal((await person(service)).lastName, 'Tremblay')
  })

  test('G1: every product the person uses is to be told of another name, once; of another language, none', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const { id } = await person(service)
    for (const product of ['ledger', 'payroll', 'unused']) await testProduct(service, product)
    for (const used of ['ledger', 'payroll'] as ProductId[]) await noteUse(service.db, id, used, service.clock.now())
    for (const typed of [{ locale: 'fr' }, { locale: 'en' }, { 'first-name': 'Eva' }, { 'first-name': 'Eva' }]) {
      await browser.open(urls.profile)
      await browser.request(urls.profile, {
        method: 'POST',
        body: new URLSearchParams({ ...hiddenOf(browser), ...typed }),
        headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
      })
    }
    const told = (await changesOf(service.db, id)).map(({ product_id: product, kind, facts }) => ({
      product,
      kind,
      facts,
    }))
    const change = { kind: 'name-changed', facts: {} }
    assert.deepEqual(told, [
      { product: 'ledger', ...change },
      { product: 'payroll', ...change },
    ])
  })

  test('a language that there is not changes nothing', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open(urls.profile)
    const visit = await browser.send({ locale: 'xx' }, { button: t('submit') })
    assert.equal(visit.at, `${urls.profile}?done=saved`)
    assert.deepEqual([(await person(service)).language, await changes(service)], ['en', []])
  })

  test('of 64 who save the same at once one changes it', async () => {
    const service = await testService()
    await somebody(service)
    const account = await person(service)
    await race(
      async (round) => async () => {
        const typed = { firstName: `Eva ${round}`, lastName: 'Tremblay', language: 'en' as const }
        return (await changeProfile(service, account, typed, actor)).ok
      },
      5,
    )
    assert.equal((await changes(service)).length, 5)
  })
})
