/** D4, Z1, Z3, L1: signing in says one thing for every refusal, keeps the address, and stops looking after ten wrong ones. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { minutes } from '../../src/platform/clock.ts'
import { withoutNonces } from '../../src/testing/nonces.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account } from './stage/account.ts'
import { alertOf, arrived, follow, labelled, seen, signIn, whoIs } from './stage/person.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const w = words['fr-CA']

async function masked(page: Page, email: string): Promise<string> {
  const html = withoutNonces(await page.content())
  return html.replaceAll(/jrn_\w+/g, 'jrn').replaceAll(email, 'the address')
}

for (const way of inEach([WIDE, NARROW]))
  story(
    `D4 Z1: a wrong password and an unknown address are the same page, with the address kept (${inWords(way)})`,
    async ({ browser }) => {
      const { email } = await account(service, `connue${way.width}@exemple.ca`)
      const pages: string[] = []
      for (const typed of [email, `inconnue${way.width}@exemple.ca`]) {
        const page = await browser(way)
        await page.goto(ledger.deep)
        await signIn(page, w, { email: typed, password: 'pas le bon du tout' })
        await alertOf(page)
        assert.equal(await labelled(page, w.email).inputValue(), typed)
        assert.equal(await labelled(page, w.password).inputValue(), '')
        if (way.script) assert.equal(await page.evaluate(() => document.activeElement?.id), 'problems')
        pages.push(await masked(page, typed))
        if (typed !== email) continue
        await signIn(page, w, { email })
        await arrived(page, ledger.deep)
        assert.equal((await whoIs(page, ledger)).email, email)
      }
      assert.equal(pages[0], pages[1])
    },
  )

story(
  'Z3 D4: after ten wrong passwords the right one is not looked at either, in the same words; later it works',
  async ({ browser }) => {
    const { email } = await account(service, 'bloquee@exemple.ca')
    const page = await browser()
    await page.goto(ledger.deep)
    const seenPages = new Set<string>()
    for (let tries = 1; tries <= 11; tries++) {
      await signIn(page, w, tries === 11 ? { email } : { email, password: `mauvais numéro ${tries}` })
      await alertOf(page)
      seenPages.add(await masked(page, email))
    }
    assert.equal(seenPages.size, 1, 'the same page eleven times')
    const other = await browser()
    await other.goto(`${service.origin}/sign-in`)
    await signIn(other, w, { email: email.toUpperCase() })
    await alertOf(other)
    service.clock.advance(minutes(16))
    await signIn(page, w, { email })
    await arrived(page, ledger.deep)
  },
)

story(
  'L1: the address that a product knows stands in the form already, at sign-in and when the password is forgotten',
  async ({ browser }) => {
    const { email } = await account(service, 'indice@exemple.ca')
    const page = await browser(NARROW)
    await page.goto(`${payroll.url}/sign-in?login_hint=${encodeURIComponent(email)}`)
    await seen(page, w.signIn)
    assert.equal(await labelled(page, w.email).inputValue(), email)
    await follow(page, w.forgot)
    assert.equal(await labelled(page, w.email).inputValue(), email)
    await page.goBack()
    await signIn(page, w, { email })
    await arrived(page, `${payroll.url}/`)
  },
)

for (const prompt of ['login', 'select_account'] as const)
  story(`L1: a product that asks with prompt=${prompt} is answered after one more step`, async ({ browser }) => {
    const { email } = await account(service, `${prompt}@exemple.ca`)
    const page = await browser()
    await page.goto(ledger.deep)
    await signIn(page, w, { email })
    await arrived(page, ledger.deep)
    await page.goto(`${payroll.url}/sign-in?prompt=${prompt}`)
    if (prompt === 'login') await signIn(page, w, { email })
    else await page.getByRole('button', { name: `Continuer avec ${email}` }).click()
    await arrived(page, `${payroll.url}/`)
    assert.equal((await whoIs(page, payroll)).email, email)
  })

story('L1: with prompt=none nobody sees a page: who is signed in is in, who is not goes back', async ({ browser }) => {
  const { email } = await account(service, 'muette@exemple.ca')
  const page = await browser()
  await page.goto(`${payroll.url}/sign-in?prompt=none`)
  assert.ok(page.url().startsWith(payroll.url), page.url())
  await page.goto(ledger.deep)
  await signIn(page, w, { email })
  await arrived(page, ledger.deep)
  await page.goto(`${payroll.url}/sign-in?prompt=none`)
  await arrived(page, `${payroll.url}/`)
  assert.equal((await whoIs(page, payroll)).email, email)
})
