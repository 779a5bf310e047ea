/** K1, A4: the profile, where one is signed in, which products one uses; and what becomes of that everywhere else. */

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { emailKey, parseEmail } from '../../src/core/model/account/email.ts'
import { rememberBrowser } from '../../src/core/model/session/browsers.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { visitor } from '../../src/testing/visitor.ts'
import { account, letterTo } from './stage/account.ts'
import { arrived, button, follow, labelled, leads, press, seen, signIn, textOf, type, whoIs } from './stage/person.ts'
import { ledger, payroll, type Scene, service, story } from './stage/stage.ts'
import { inWords, THREE_WAYS, type Way, WIDE } from './stage/ways.ts'
import { type Words, words } from './stage/words.ts'

/** Signed in to the ledger in a browser of its own. */
async function atLedger({ browser }: Scene, way: Way, email: string): Promise<Page> {
  const page = await browser(way)
  await page.goto(ledger.deep)
  await signIn(page, words[way.language], { email })
  await arrived(page, ledger.deep)
  return page
}
async function section(page: Page, w: Words, name: 'profile' | 'sessions' | 'products'): Promise<void> {
  await page.goto(`${service.origin}/account`)
  await follow(page, w[name])
  await seen(page, w[name])
}
const isSignedIn = async (page: Page, w: Words): Promise<boolean> => {
  await page.goto(`${service.origin}/account`)
  return (await page.getByRole('heading', { level: 1 }).innerText()) === w.account
}

for (const way of inEach(THREE_WAYS, 1)) {
  const w = words[way.language]
  const address = (name: string) => `${name}.${way.language.toLowerCase()}${way.width}@exemple.ca`

  story(`K1: one session is ended, and its product signs out (${inWords(way)})`, async (scene) => {
    const { email } = await account(service, address('fin'), way.language)
    const other = await atLedger(scene, way, email)
    const page = await atLedger(scene, way, email)
    await section(page, w, 'sessions')
    assert.match(await textOf(page), /Chrome/)
    assert.match(await textOf(page), new RegExp(ledger.name))
    // One of the two was left by the sign-up, which used no product.
    const row = page.getByRole('listitem').filter({ hasText: ledger.name, has: button(page, w.end) })
    await leads(page, row.getByRole('button').click())
    await seen(page, w.sessions)
    await service.post()
    assert.equal((await whoIs(other, ledger)).signedIn, false)
    assert.equal((await whoIs(page, ledger)).signedIn, true)
    assert.equal(await isSignedIn(other, w), false)
    assert.equal(await isSignedIn(page, w), true)
  })

  story(`K1 K3: everywhere else is signed out; the mailbox is told (${inWords(way)})`, async (scene) => {
    const { email } = await account(service, address('tout'), way.language)
    const other = await atLedger(scene, way, email)
    const page = await atLedger(scene, way, email)
    await section(page, w, 'sessions')
    await press(page, w.endOthers)
    await seen(page, w.sessions)
    assert.equal(await button(page, w.end).count(), 0)
    assert.match((await letterTo(service, email)).text, /Chrome/)
    assert.equal((await whoIs(other, ledger)).signedIn, false)
    assert.equal((await whoIs(page, ledger)).signedIn, true)
    assert.equal(await isSignedIn(other, w), false)
  })

  story(`K1: access is removed from one product alone; opening it again works (${inWords(way)})`, async (scene) => {
    const { email } = await account(service, address('acces'), way.language)
    const page = await atLedger(scene, way, email)
    await page.goto(payroll.deep)
    await arrived(page, payroll.deep)
    await section(page, w, 'products')
    const row = page.getByRole('listitem').filter({ hasText: ledger.name })
    await leads(page, row.getByRole('button', { name: w.removeAccess, exact: true }).click())
    await seen(page, w.products)
    assert.ok(!(await page.locator('main').innerText()).includes(ledger.name))
    assert.ok((await letterTo(service, email)).subject.includes(ledger.name))
    assert.equal((await whoIs(page, ledger)).signedIn, false)
    assert.equal((await whoIs(page, payroll)).signedIn, true)
    await page.goto(ledger.deep)
    await arrived(page, ledger.deep)
    assert.equal((await whoIs(page, ledger)).signedIn, true)
  })

  story(`K1 A4 Z7: a name is refused, then saved, and holds in the next product (${inWords(way)})`, async (scene) => {
    const { email } = await account(service, address('nom'), way.language)
    const page = await atLedger(scene, way, email)
    await section(page, w, 'profile')
    await type(page, w.firstName, '')
    await type(page, w.lastName, 'Côté-Nguyễn')
    await press(page, w.save)
    await page.getByRole('alert').waitFor()
    assert.equal(await labelled(page, w.firstName).getAttribute('aria-invalid'), 'true')
    assert.equal(await labelled(page, w.lastName).inputValue(), 'Côté-Nguyễn')
    await type(page, w.firstName, 'Zoé')
    await press(page, w.save)
    await seen(page, w.profile)
    assert.equal(await page.getByRole('alert').count(), 0)
    await page.goto(`${service.origin}/account`)
    assert.match(await textOf(page), /Zoé Côté-Nguyễn/)
  })
}

story('H2: the language of the account is chosen in the profile; letters follow it', async (scene) => {
  const { email } = await account(service, 'langue.compte@exemple.ca')
  const page = await atLedger(scene, WIDE, email)
  await section(page, words['fr-CA'], 'profile')
  await labelled(page, words['fr-CA'].yourLanguage).selectOption('en')
  await press(page, words['fr-CA'].save)
  await seen(page, words.en.profile)
  assert.equal(await labelled(page, words.en.yourLanguage).inputValue(), 'en')
  await section(page, words.en, 'sessions')
  await press(page, words.en.endOthers)
  assert.equal((await letterTo(service, email)).language, 'en')
})

story('K1: a browser one has used is forgotten', async (scene) => {
  const { email } = await account(service, 'oubli@exemple.ca')
  const page = await atLedger(scene, WIDE, email)
  const parsed = parseEmail(email)
  assert.ok(parsed.ok)
  const { id } = await service.db
    .selectFrom('accounts')
    .select('id')
    .where('email_key', '=', emailKey(parsed.email))
    .executeTakeFirstOrThrow()
  const phone = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'
  const seenBefore = { ...visitor, network: '203.0.113.7', userAgent: phone, browser: 'a mark' }
  await rememberBrowser(service.db, id, seenBefore, service.clock.now())
  await section(page, words['fr-CA'], 'sessions')
  const row = page.getByRole('listitem').filter({ hasText: 'Firefox sous Android' })
  await leads(page, row.getByRole('button', { name: words['fr-CA'].forget, exact: true }).click())
  await seen(page, words['fr-CA'].sessions)
  assert.equal(await row.count(), 0)
})
