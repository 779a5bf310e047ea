/** C1, C2, C4, C6, A4: a forgotten password, from the product and back to it. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { problemTexts } from '../../src/journey/errors/problem-texts.ts'
import { minutes, seconds } from '../../src/platform/clock.ts'
import { texts } from '../../src/sign-in/new-password/texts.ts'
import { withoutNonces } from '../../src/testing/nonces.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { linkTexts } from '../../src/ui/asking/link.tsx'
import { account, letterTo } from './stage/account.ts'
import { alertOf, arrived, follow, press, seen, signIn, textOf, type, whoIs } from './stage/person.ts'
import { refused } from './stage/refusal.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, NARROW, THREE_WAYS, type Way, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const FRESH = 'onze girafes patientes'

/** Asks for a link from the sign-in page that is shown; answers where it leads. */
async function askForLink(page: Page, way: Way, email: string): Promise<string> {
  const w = words[way.language]
  await follow(page, w.forgot)
  await seen(page, w.forgot)
  await type(page, w.email, email)
  await press(page, w.sendLink)
  await seen(page, w.sent)
  const { link } = await letterTo(service, email)
  assert.ok(link)
  return link
}

/** Types a new password twice into the page of a link, and sends it. */
async function choose(page: Page, way: Way, password: string, again = password): Promise<void> {
  const w = words[way.language]
  await seen(page, w.reset)
  await type(page, w.newPassword, password)
  await type(page, w.again, again)
  await press(page, w.submit)
}

for (const way of inEach(THREE_WAYS, 2)) {
  const { language } = way
  const w = words[language]

  story(
    `C4 C2 A4: from the product to a new password and back to the product (${inWords(way)})`,
    async ({ browser }) => {
      const { email } = await account(service, `reset-${language.toLowerCase()}-${way.width}@exemple.ca`, language)
      const elsewhere = await browser(way)
      await elsewhere.goto(payroll.deep)
      await signIn(elsewhere, w, { email })
      await arrived(elsewhere, payroll.deep)

      const page = await browser(way)
      await page.goto(ledger.deep)
      await page.goto(await askForLink(page, way, email))
      await seen(page, w.reset)
      assert.ok((await textOf(page)).includes(email))
      const problem = problemTexts.in(language)
      const refusals = [
        ['court', problem('password-too-short', { min: 8, has: 5 })],
        ['motdepasse1', problem('password-common')],
        ['123412341234', problem('password-pattern')],
        ['elise gagne', problem('password-about-you')],
      ] as const
      for (const [password, sentence] of refusals) {
        await choose(page, way, password)
        await refused(page, way, w.newPassword, sentence)
      }
      await choose(page, way, FRESH, 'onze girafes pressées')
      await refused(page, way, w.again, problem('not-the-same'))
      await choose(page, way, FRESH)
      await seen(page, w.signIn)
      const notice = await letterTo(service, email)
      assert.equal(notice.template, 'password-changed', 'a notice goes out')
      assert.equal(notice.language, language)

      await signIn(page, w, { email })
      await alertOf(page)
      await signIn(page, w, { email, password: FRESH })
      await arrived(page, ledger.deep)
      assert.equal((await whoIs(page, ledger)).email, email)

      assert.equal((await whoIs(elsewhere, payroll)).signedIn, false, 'the other browser was signed out')
      await elsewhere.goto(`${service.origin}/account`)
      await seen(elsewhere, w.signIn)
    },
  )
}

story('C4 Z1: an unknown address gets the same answer and no letter', async ({ browser }) => {
  const way = NARROW
  const w = words[way.language]
  const { email } = await account(service, 'connue@exemple.ca')
  const pages: string[] = []
  for (const typed of [email, 'personne@exemple.ca']) {
    const page = await browser(way)
    await page.goto(ledger.deep)
    await follow(page, w.forgot)
    await type(page, w.email, typed)
    await press(page, w.sendLink)
    await seen(page, w.sent)
    pages.push(withoutNonces(await page.content()).replaceAll(/jrn_\w+/g, 'jrn'))
  }
  assert.equal(pages[0], pages[1])
  await service.post()
  assert.deepEqual(
    service.box.letters.filter(({ to }) => to === 'personne@exemple.ca'),
    [],
  )
})

for (const way of inEach([WIDE, NARROW], 1))
  story(
    `C6: a link works once, for an hour, and only the newest one does; each dead one offers a new one (${inWords(way)})`,
    async ({ browser }) => {
      const w = words[way.language]
      const t = texts.in(way.language)
      const { email } = await account(service, `lien-oublie${way.width}@exemple.ca`)
      const page = await browser(way)
      const isDead = async (link: string): Promise<void> => {
        await page.goto(link)
        await seen(page, linkTexts.in(way.language)('dead'))
        await follow(page, t('ask'))
        await seen(page, w.forgot)
      }
      const ask = async (): Promise<string> => {
        service.clock.advance(seconds(61))
        await page.goto(ledger.deep)
        return askForLink(page, way, email)
      }
      const [older, newer] = [await ask(), await ask()]
      await isDead(older)
      service.clock.advance(minutes(61))
      await isDead(newer)
      const open = await ask()
      await page.goto(open)
      await seen(page, w.reset)
      service.clock.advance(minutes(61))
      await choose(page, way, FRESH)
      await seen(page, linkTexts.in(way.language)('dead'))
      const last = await ask()
      assert.equal((await fetch(last)).status, 200, 'looking does not use it up')
      await page.goto(last)
      await choose(page, way, FRESH)
      await seen(page, w.signIn)
      await isDead(last)
      await page.goto(ledger.deep)
      await signIn(page, w, { email, password: FRESH })
      await arrived(page, ledger.deep)
    },
  )

story('C4: the link opened in another browser works too, and leads to the account', async ({ browser }) => {
  const w = words['fr-CA']
  const { email } = await account(service, 'tablette@exemple.ca')
  const page = await browser()
  await page.goto(ledger.deep)
  const link = await askForLink(page, WIDE, email)
  const tablet = await browser()
  await tablet.goto(link)
  await choose(tablet, WIDE, FRESH)
  await signIn(tablet, w, { email, password: FRESH })
  await seen(tablet, w.account)
  await page.goto(ledger.deep)
  await signIn(page, w, { email, password: FRESH })
  await arrived(page, ledger.deep)
})
