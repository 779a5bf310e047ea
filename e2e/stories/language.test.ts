/** H1, H2: the language is changed on every page, without JavaScript too, and nothing else changes. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { inEach } from '../../src/testing/repeated.ts'
import { account, letterTo, PASSWORD, secretsOf } from './stage/account.ts'
import {
  arrived,
  follow,
  labelled,
  leads,
  press,
  seen,
  signIn,
  signUp,
  textOf,
  type,
  verify,
  whoIs,
} from './stage/person.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { type Spoken, words } from './stage/words.ts'

/** Opens the list in the footer and chooses; the same page comes again, in that language. */
async function chooseLanguage(page: Page, from: Spoken, to: Spoken): Promise<void> {
  const [before, html] = [page.url(), page.locator('html')]
  assert.equal(await html.getAttribute('lang'), from)
  await page.getByText(words[from].language, { exact: true }).click()
  await leads(page, page.getByRole('button', { name: words[to].language, exact: true }).click())
  assert.equal(await html.getAttribute('lang'), to)
  assert.equal(page.url(), before)
}

for (const way of inEach([WIDE, NARROW])) {
  story(
    `H1: from page to page in another language, with what was typed, the step and the product kept (${inWords(way)})`,
    async ({ browser }) => {
      const email = `langue${way.width}@exemple.ca`
      const page = await browser(way)
      await page.goto(ledger.deep)
      await type(page, words['fr-CA'].email, email)
      await type(page, words['fr-CA'].password, PASSWORD)
      await chooseLanguage(page, 'fr-CA', 'en')
      await seen(page, words.en.signIn)
      assert.equal(await labelled(page, words.en.email).inputValue(), email)
      assert.equal(await labelled(page, words.en.password).inputValue(), '')
      assert.match(await textOf(page), /to continue to Grand Livre/)

      await follow(page, words.en.create)
      const fields = ['email', 'firstName', 'lastName'] as const
      const typed = { email, firstName: 'Éloïse & Co', lastName: 'D’"Amour"' }
      for (const field of fields) await type(page, words.en[field], typed[field])
      await type(page, words.en.password, 'abc')
      await press(page, words.en.signUp)
      await chooseLanguage(page, 'en', 'fr')
      await seen(page, words.fr.create)
      for (const field of fields) assert.equal(await labelled(page, words.fr[field]).inputValue(), typed[field])
      assert.equal(await labelled(page, words.fr.password).inputValue(), '')

      await type(page, words.fr.password, PASSWORD)
      await press(page, words.fr.signUp)
      await seen(page, words.fr.code)
      assert.equal((await letterTo(service, email)).language, 'fr')
      await chooseLanguage(page, 'fr', 'en')
      await seen(page, words.en.code)
      assert.ok((await textOf(page)).includes(email))
      assert.match(await textOf(page), /to continue to Grand Livre/)
      await verify(page, words.en, (await secretsOf(service, email)).code)
      await arrived(page, ledger.deep)
      assert.equal((await whoIs(page, ledger)).email, email)

      await page.goto(`${service.origin}/account`)
      await chooseLanguage(page, 'en', 'fr-CA')
      await seen(page, words['fr-CA'].account)
    },
  )

  story(
    `H1 H2: the pages of a forgotten password, and letters in the account's language (${inWords(way)})`,
    async ({ browser }) => {
      const { email } = await account(service, `lettres${way.width}@exemple.ca`, 'fr')
      const page = await browser({ ...way, language: 'en' })
      await page.goto(ledger.deep)
      await follow(page, words.en.forgot)
      await type(page, words.en.email, email)
      await chooseLanguage(page, 'en', 'fr-CA')
      assert.equal(await labelled(page, words['fr-CA'].email).inputValue(), email)
      await press(page, words['fr-CA'].sendLink)
      await seen(page, words['fr-CA'].sent)
      await chooseLanguage(page, 'fr-CA', 'en')
      await seen(page, words.en.sent)
      const letter = await letterTo(service, email)
      assert.equal(letter.language, 'fr', 'not what the browser or the page speaks')
      await page.goto(letter.link ?? '')
      await seen(page, words.en.reset)
      await type(page, words.en.newPassword, PASSWORD)
      await chooseLanguage(page, 'en', 'fr-CA')
      await seen(page, words['fr-CA'].reset)
      assert.equal(await labelled(page, words['fr-CA'].newPassword).inputValue(), '')
      await type(page, words['fr-CA'].newPassword, 'onze girafes patientes')
      await type(page, words['fr-CA'].again, 'onze girafes patientes')
      await press(page, words['fr-CA'].submit)
      await seen(page, words['fr-CA'].signIn)
      assert.equal((await letterTo(service, email)).language, 'fr')
      await signIn(page, words['fr-CA'], { email, password: 'onze girafes patientes' })
      await arrived(page, ledger.deep)
    },
  )
}

story('H2: the product asks for its language first; one that was chosen counts more', async ({ browser }) => {
  const page = await browser({ ...WIDE, language: 'en' })
  await page.goto(`${payroll.url}/language/fr?to=/`)
  await page.goto(payroll.deep)
  await seen(page, words.fr.signIn)
  await chooseLanguage(page, 'fr', 'en')
  await page.goto(`${payroll.url}/language/fr-CA?to=/`)
  await page.goto(payroll.deep)
  await seen(page, words.en.signIn)
})

story('H2: without a product the browser says which language; at the account its owner does', async ({ browser }) => {
  const { email } = await account(service, 'proprietaire@exemple.ca', 'fr')
  const languages = { 'fr-CA': 'fr-CA', 'fr-BE': 'fr', 'en-GB': 'en', ia: 'en' } as const
  for (const [locale, language] of Object.entries(languages)) {
    const page = await browser({ ...NARROW, locale })
    await page.goto(`${service.origin}/sign-in`)
    await seen(page, words[language].signIn)
  }
  const page = await browser({ ...WIDE, language: 'en' })
  await page.goto(`${service.origin}/sign-in`)
  await signIn(page, words.en, { email })
  await seen(page, words.fr.account)
})

story('H1: what a link shows, and pages that say what went wrong, have the list too', async ({ browser }) => {
  const page = await browser(NARROW)
  await page.goto(`${service.origin}/sign-up`)
  await signUp(page, words['fr-CA'], { email: 'partout@exemple.ca' })
  await seen(page, words['fr-CA'].code)
  const { code, link } = await secretsOf(service, 'partout@exemple.ca')
  const fresh = await browser(NARROW)
  await fresh.goto(link)
  await chooseLanguage(fresh, 'fr-CA', 'en')
  assert.ok((await textOf(fresh)).includes(code))
  for (const path of [
    '/no-such-page',
    '/verify?journey=jrn_x',
    '/reset?link=x',
    '/oidc/authorize?client_id=nobody',
    '/signed-out',
  ]) {
    const other = await browser(NARROW)
    await other.goto(service.origin + path)
    await chooseLanguage(other, 'fr-CA', 'en')
  }
})
