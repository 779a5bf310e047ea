/** D2, K3, E2: a block that its owner lifts; an unlikely sign-in; what was not me; the data; the second step of an app. */
import assert from 'node:assert/strict'
import { factorTexts } from '../../src/core/model/factor/texts.ts'
import { seconds } from '../../src/platform/clock.ts'
import { texts as activityTexts } from '../../src/portal/activity/texts.ts'
import { texts as appTexts } from '../../src/portal/authenticator-app/texts.ts'
import { texts as privacyTexts } from '../../src/portal/privacy/texts.ts'
import { texts as codesTexts } from '../../src/portal/recovery-codes/texts.ts'
import { texts as reviewTexts } from '../../src/portal/review/texts.ts'
import { portalTexts } from '../../src/portal/texts.ts'
import { texts as confirmTexts } from '../../src/sign-in/confirm-sign-in/texts.ts'
import { texts as notMeTexts } from '../../src/sign-in/not-me/texts.ts'
import { texts as signInTexts } from '../../src/sign-in/password/texts.ts'
import { texts as stepTexts } from '../../src/sign-in/second-step/texts.ts'
import { texts as unblockTexts } from '../../src/sign-in/unblock/texts.ts'
import { appOf } from '../../src/testing/apps.ts'
import { makeBrowser } from '../../src/testing/browser.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account, letterTo } from './stage/account.ts'
import { alertOf, arrived, follow, plain, press, seen, signIn, textOf, type, whoIs } from './stage/person.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, THREE_WAYS } from './stage/ways.ts'
import { words } from './stage/words.ts'

/** Ten wrong passwords from elsewhere, waits included. */
async function attack(email: string): Promise<void> {
  const stranger = makeBrowser(service.origin, service.origin)
  for (let n = 0; n < 10; n++) {
    await stranger.open('/sign-in')
    await stranger.send({ email, password: `not it ${n}` })
    service.clock.advance(seconds(3_601))
  }
}

for (const way of inEach(THREE_WAYS)) {
  const { language } = way
  const w = words[language]
  const tag = `${language}${way.width}`.toLowerCase()

  story(`D2 D5: a stranger causes a block; the letter's button lifts it (${inWords(way)})`, async ({ browser }) => {
    const t = unblockTexts.in(language)
    const { email } = await account(service, `bloque-${tag}@exemple.ca`, language)
    await attack(email)
    const { link, language: written } = await letterTo(service, email)
    assert.equal(written, language)
    const page = await browser(way)
    await page.goto(link ?? '')
    await seen(page, t('title'))
    await page.getByLabel(t('meWhy'), { exact: true }).check()
    await press(page, t('me'))
    await seen(page, w.signIn)
    assert.ok((await textOf(page)).includes(plain(signInTexts.in(language)('done.unblocked'))))
    await signIn(page, w, { email })
    await seen(page, w.account)
  })

  story(
    `D1: from an unlikely place a code is asked for, and the product waits (${inWords(way)})`,
    async ({ browser }) => {
      const t = confirmTexts.in(language)
      const { email } = await account(service, `loin-${tag}@exemple.ca`, language)
      const page = await browser(way)
      const headers = { 'accept-language': language, 'x-forwarded-for': '198.51.100.7' }
      await page.context().setExtraHTTPHeaders(headers)
      await page.goto(ledger.deep)
      await signIn(page, w, { email })
      await seen(page, w.code)
      await type(page, w.code, '000000')
      await press(page, t('submit'))
      await alertOf(page)
      await type(page, w.code, (await letterTo(service, email)).code ?? '')
      await press(page, t('submit'))
      await arrived(page, ledger.deep)
      assert.equal((await whoIs(page, ledger)).email, email)
    },
  )

  story(
    `K4: something was not me: all are signed out, and I choose a new password from my mailbox (${inWords(way)})`,
    async ({ browser }) => {
      const t = activityTexts.in(language)
      const portal = portalTexts.in(language)
      const { email } = await account(service, `pas-moi-${tag}@exemple.ca`, language)
      const [thief, page] = [await browser(way), await browser(way)]
      for (const one of [thief, page]) {
        await one.goto(`${service.origin}/sign-in`)
        await signIn(one, w, { email })
        await seen(one, w.account)
      }
      await follow(page, portal('activity'))
      await seen(page, portal('activity'))
      await page
        .getByRole('button', { name: t('notMe'), exact: true })
        .first()
        .click()
      await seen(page, notMeTexts.in(language)('mailedTitle'))
      await thief.goto(`${service.origin}/account`)
      await seen(thief, w.signIn)
      await page.goto((await letterTo(service, email)).link ?? '')
      await seen(page, w.reset)
      const password = 'quatre mots bien neufs'
      await type(page, w.newPassword, password)
      await type(page, w.again, password)
      await press(page, w.submit)
      await signIn(page, w, { email, password })
      await seen(page, reviewTexts.in(language)('titleNone'))
      await follow(page, reviewTexts.in(language)('goOn'))
      await seen(page, w.account)
    },
  )

  story(`K1 H1: the data is downloaded as a file (${inWords(way)})`, async ({ browser }) => {
    const t = privacyTexts.in(language)
    const { email } = await account(service, `donnees-${tag}@exemple.ca`, language)
    const page = await browser(way)
    await page.goto(`${service.origin}/account/privacy`)
    await signIn(page, w, { email })
    await seen(page, t('title'))
    const button = page.getByRole('button', { name: t('download'), exact: true })
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
    assert.match(file.suggestedFilename(), /\.json$/)
    assert.equal((await letterTo(service, email)).template, 'data-exported')
  })

  story(
    `E1 E2 E3: an app is set up, asked for, and replaced by a recovery code (${inWords(way)})`,
    async ({ browser }) => {
      const [t, codes, step] = [appTexts.in(language), codesTexts.in(language), stepTexts.in(language)]
      const { email } = await account(service, `app-${tag}@exemple.ca`, language)
      const page = await browser(way)
      await page.goto(`${service.origin}/account/factors/app`)
      await signIn(page, w, { email })
      await seen(page, factorTexts.in(language)('app.setUp'))
      const app = appOf(await page.content(), service.clock)
      await type(page, t('code'), app.code())
      await press(page, t('submit'))
      await seen(page, codes('newTitle'))
      const [code = ''] = await page.locator('#codes code').allInnerTexts()
      await press(page, codes('saved'))
      await seen(page, portalTexts.in(language)('factors'))

      service.clock.advance(seconds(60))
      const other = await browser(way)
      await other.goto(ledger.deep)
      await signIn(other, w, { email })
      await seen(other, step('title'))
      await type(other, step('code'), '000000')
      await press(other, step('submit'))
      assert.ok((await alertOf(other)).includes(plain(step('code-wrong'))))
      await type(other, step('code'), app.code())
      await press(other, step('submit'))
      await arrived(other, ledger.deep)

      await other.goto(`${payroll.url}/bank-details`)
      await arrived(other, `${payroll.url}/bank-details?asked=1`)
      assert.equal((await whoIs(other, payroll)).acr, 'mfa')

      const lost = await browser(way)
      await lost.goto(ledger.deep)
      await signIn(lost, w, { email })
      await follow(lost, step('otherWays'))
      await lost
        .getByRole('link', { name: step('use'), exact: true })
        .last()
        .click()
      await type(lost, step('code'), code)
      await press(lost, step('submit'))
      await arrived(lost, ledger.deep)
      assert.equal((await whoIs(lost, ledger)).email, email)
    },
  )
}
