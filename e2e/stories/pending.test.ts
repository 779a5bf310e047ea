/** B8, B5: what the person came for waits, whatever happens on the way; a link elsewhere confirms nothing. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { hours, minutes } from '../../src/platform/clock.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { secretsOf, wrong } from './stage/account.ts'
import { arrived, button, follow, press, seen, signUp, textOf, type, verify, whoIs } from './stage/person.ts'
import { ledger, payroll, type Scene, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const w = words['fr-CA']

/** Somebody who came to an invoice, signed up, and is asked for the code. */
async function asked({ browser }: Scene, email: string, way = WIDE): Promise<Page> {
  const page = await browser(way)
  await page.goto(ledger.deep)
  await follow(page, w.create)
  await signUp(page, w, { email })
  await seen(page, w.code)
  return page
}

/** They are back at the invoice, signed in. */
async function isBack(page: Page, email: string): Promise<void> {
  await arrived(page, ledger.deep)
  assert.equal((await whoIs(page, ledger)).email, email)
}

for (const way of inEach([WIDE, NARROW]))
  story(
    `B8: the link in another browser shows the code, and signs nobody in there (${inWords(way)})`,
    async (scene) => {
      const email = `ailleurs${way.width}@exemple.ca`
      const page = await asked(scene, email, way)
      const { code, link } = await secretsOf(service, email)
      const phone = await scene.browser({ ...way, language: 'en' })
      await phone.goto(link)
      await seen(phone, words.en.code)
      assert.ok((await textOf(phone)).includes(code), 'the code to type in the first browser')
      assert.equal(await phone.locator('form#form').count(), 0, 'nothing to press')
      await phone.goto(`${service.origin}/account`)
      await seen(phone, words.en.signIn)
      await verify(page, w, code)
      await isBack(page, email)
    },
  )

story('B8 Z2: a scanner that follows the link and presses every button leaves code and link usable', async (scene) => {
  const email = 'scanner@exemple.ca'
  const page = await asked(scene, email)
  const { link } = await secretsOf(service, email)
  for (const method of ['HEAD', 'GET', 'GET'] as const) assert.equal((await fetch(link, { method })).status, 200)
  const scanner = await scene.browser()
  await scanner.goto(link)
  const buttons = await scanner.getByRole('button').count()
  for (let at = 0; at < buttons; at++) {
    await scanner.goto(link)
    await scanner.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '')
    })
    await scanner.getByRole('button').nth(at).click()
    await scanner.getByRole('heading', { level: 1 }).waitFor()
  }
  await scanner.goto(`${service.origin}/account`)
  assert.ok(scanner.url().endsWith('/sign-in'), 'nobody is signed in there')
  await page.goto(link)
  await press(page, w.confirm)
  await isBack(page, email)
  await page.goto(link)
  await isBack(page, email) // what it was for is done
})

story('B8: in a second tab the person goes on, and the first tab finds them signed in', async (scene) => {
  const email = 'onglets@exemple.ca'
  const first = await asked(scene, email)
  const second = await first.context().newPage()
  await second.goto(first.url())
  await verify(second, w, (await secretsOf(service, email)).code)
  await isBack(second, email)
  await type(first, w.code, '000000')
  await press(first, w.verify)
  await isBack(first, email)
})

story('B8: two products asked for in two tabs both get their person', async (scene) => {
  const email = 'deux@exemple.ca'
  const first = await asked(scene, email)
  const second = await first.context().newPage()
  await second.goto(payroll.deep)
  await seen(second, w.signIn)
  await verify(first, w, (await secretsOf(service, email)).code)
  await isBack(first, email)
  await second.reload()
  await type(second, w.email, email)
  await type(second, w.password, 'sept phares tranquilles')
  await press(second, w.signIn)
  await arrived(second, payroll.deep)
})

for (const way of inEach([WIDE, NARROW], 1))
  story(
    `B5 B8 Z2: a late code is refused kindly; a new one works, the old one is dead (${inWords(way)})`,
    async (scene) => {
      const email = `tard${way.width}@exemple.ca`
      const page = await asked(scene, email, way)
      const old = await secretsOf(service, email)
      service.clock.advance(minutes(31))
      await verify(page, w, old.code)
      assert.match(await page.getByRole('alert').innerText(), /ne fonctionne plus.*Demandez-en un nouveau/s)
      await press(page, w.resend)
      await page.getByText('Un nouveau code est en route').waitFor()
      const fresh = await secretsOf(service, email)
      assert.notEqual(fresh.code, old.code)
      await verify(page, w, old.code)
      assert.match(await page.getByRole('alert').innerText(), /Code de vérification/)
      const tab = await page.context().newPage()
      await tab.goto(old.link)
      await seen(tab, w.deadLink)
      service.clock.advance(minutes(2))
      await press(tab, w.resend)
      await seen(tab, w.code)
      const newest = await secretsOf(service, email)
      assert.notEqual(newest.code, fresh.code)
      await verify(tab, w, newest.code)
      await isBack(tab, email)
    },
  )

story('B8: the browser was closed and opened again', async (scene) => {
  const email = 'ferme@exemple.ca'
  const page = await asked(scene, email)
  const kept = (await page.context().cookies()).filter(({ expires }) => expires > 0)
  const again = await scene.browser()
  await again.context().addCookies(kept)
  await again.goto(page.url())
  await verify(again, w, (await secretsOf(service, email)).code)
  await isBack(again, email)
})

story('B8: the service was stopped and started again', async (scene) => {
  const email = 'arret@exemple.ca'
  const page = await asked(scene, email)
  await service.restart()
  const { code } = await secretsOf(service, email)
  await verify(page, w, wrong(code))
  await page.getByRole('alert').waitFor()
  await service.restart()
  await verify(page, w, code)
  await isBack(page, email)
})

for (const way of inEach([WIDE, NARROW]))
  story(`B8: hours later the person still arrives where they wanted to go (${inWords(way)})`, async (scene) => {
    const email = `demain${way.width}@exemple.ca`
    const page = await asked(scene, email, way)
    service.clock.advance(hours(5))
    await press(page, w.resend)
    await page.getByText('Un nouveau code est en route').waitFor()
    await verify(page, w, (await secretsOf(service, email)).code)
    await isBack(page, email)
    assert.equal(await button(page, w.signOut).count(), 1)
  })
