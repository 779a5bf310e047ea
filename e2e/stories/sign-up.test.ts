/** B1, B2, B5 to B7, A5: from a product to an account, and back to where the person wanted to go. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { inEach } from '../../src/testing/repeated.ts'
import { barriers, WCAG } from '../barriers.ts'
import { secretsOf } from './stage/account.ts'
import {
  arrived,
  button,
  follow,
  labelled,
  link,
  press,
  seen,
  signIn,
  signUp,
  textOf,
  verify,
  whoIs,
} from './stage/person.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, NARROW, THREE_WAYS, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

/** Nothing sticks out at the side: a person never has to scroll across. */
async function fits(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  assert.ok(Number(content) <= Number(screen), `${page.url()} is ${content} px wide on a screen of ${screen}`)
}

for (const [at, way] of inEach(THREE_WAYS, 2).entries()) {
  const w = words[way.language]
  const email = `elise${at}@exemple.ca`

  story(
    `B1 B2 B5 B6 B7: from a deep link to an account and back at the deep link (${inWords(way)})`,
    async ({ browser }) => {
      const page = await browser(way)
      const onTheWay = async (): Promise<void> => {
        await fits(page)
        assert.ok((await textOf(page)).includes(ledger.name), 'the product that waits is named')
      }
      await page.goto(ledger.deep)
      await seen(page, w.signIn)
      await onTheWay()
      await follow(page, w.create)
      await seen(page, w.create)
      await onTheWay()
      assert.match(await textOf(page), /marketing/, 'A5: what the address is for')
      assert.deepEqual(await page.locator('form#form').getByRole('button', { name: w.signUp }).count(), 1)
      await signUp(page, w, { email })
      await seen(page, w.code)
      await onTheWay()
      assert.ok((await textOf(page)).includes(email), 'B5: the code page shows the address')
      assert.match(await textOf(page), /junk folder|courrier indésirable/)
      await button(page, w.resend).waitFor()
      await link(page, w.change).waitFor()

      const elsewhere = await browser({ ...way, width: 1_280 })
      await elsewhere.goto(`${service.origin}/sign-in`)
      await signIn(elsewhere, w, { email })
      await elsewhere.getByRole('alert').waitFor()

      await verify(page, w, (await secretsOf(service, email)).code)
      await arrived(page, ledger.deep)
      assert.match(await textOf(page), /Élise Gagné/)
      assert.equal((await whoIs(page, ledger)).email, email)
    },
  )
}

for (const way of inEach([WIDE, NARROW], 1)) {
  const w = words[way.language]

  story(
    `B1: the product's own button opens sign-up first, and leads back to the product (${inWords(way)})`,
    async ({ browser }) => {
      const email = `bouton${way.width}@exemple.ca`
      const page = await browser(way)
      await page.goto(payroll.url)
      await follow(page, w.create)
      await signUp(page, w, { email })
      await verify(page, w, (await secretsOf(service, email)).code)
      await arrived(page, `${payroll.url}/`)
      assert.equal((await whoIs(page, payroll)).email, email)
    },
  )

  story(`B5 B7: the link and one click, in the same browser (${inWords(way)})`, async ({ browser }) => {
    const email = `lien${way.width}@exemple.ca`
    const page = await browser(way)
    await page.goto(ledger.deep)
    await follow(page, w.create)
    await signUp(page, w, { email })
    await seen(page, w.code)
    const secrets = await secretsOf(service, email)
    const tab = await page.context().newPage()
    await tab.goto(secrets.link)
    await seen(tab, w.code)
    assert.ok(!(await textOf(tab)).includes(secrets.code), 'nothing to type here')
    await press(tab, w.confirm)
    await arrived(tab, ledger.deep)
    assert.equal((await whoIs(tab, ledger)).email, email)

    await page.reload()
    await arrived(page, ledger.deep)
  })
}

for (const width of inEach([1_280, 320], 1)) {
  const way = { ...WIDE, width, dark: width === 320 }
  story(
    `WCAG 2.2 AA holds on every page of the way (${width} px, ${way.dark ? 'dark' : 'light'})`,
    async ({ browser }) => {
      const w = words[way.language]
      const page = await browser(way)
      const email = `acces${width}@exemple.ca`
      await page.goto(ledger.deep)
      await seen(page, w.signIn)
      await accessible(page)
      await press(page, w.signIn)
      await page.getByRole('alert').waitFor()
      await accessible(page)
      await follow(page, w.create)
      await seen(page, w.create)
      await accessible(page)
      await press(page, w.signUp)
      await page.getByRole('alert').waitFor()
      await page.getByText(w.language, { exact: true }).click()
      await accessible(page)
      await signUp(page, w, { email })
      await seen(page, w.code)
      await accessible(page)
      const { code, link: address } = await secretsOf(service, email)
      const elsewhere = await browser(way)
      await elsewhere.goto(address)
      await seen(elsewhere, w.code)
      await accessible(elsewhere)
      await labelled(page, w.code).fill(code)
      await press(page, w.verify)
      await arrived(page, ledger.deep)
      await page.goto(`${service.origin}/account`)
      await seen(page, w.account)
      await accessible(page)
      await fits(page)
    },
  )
}

async function accessible(page: Page): Promise<void> {
  assert.deepEqual(await barriers(page, [...WCAG, 'best-practice']), [], page.url())
}
