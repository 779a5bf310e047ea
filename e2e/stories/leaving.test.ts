/** F1 to F4, K1: another address, taken back from the mailbox of before; the account closed, and kept after all. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { texts as emailTexts } from '../../src/portal/change-email/texts.ts'
import { texts as privacyTexts } from '../../src/portal/privacy/texts.ts'
import { texts as reviewTexts } from '../../src/portal/review/texts.ts'
import { texts as keepTexts } from '../../src/sign-in/keep-account/texts.ts'
import { texts as signInTexts } from '../../src/sign-in/password/texts.ts'
import { texts as undoTexts } from '../../src/sign-in/undo-email-change/texts.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account, letterTo, secretsOf } from './stage/account.ts'
import { arrived, follow, plain, press, seen, signIn, textOf, type, verify, whoIs } from './stage/person.ts'
import { refused } from './stage/refusal.ts'
import { ledger, service, story } from './stage/stage.ts'
import { inWords, THREE_WAYS, type Way } from './stage/ways.ts'
import { words } from './stage/words.ts'

const FRESH = 'onze girafes patientes'

/** Signed in, and at the page of account management with this path. */
async function at(page: Page, way: Way, email: string, path: string): Promise<void> {
  const w = words[way.language]
  await page.goto(`${service.origin}${path}`)
  await signIn(page, w, { email })
}

for (const way of inEach(THREE_WAYS, 1)) {
  const { language } = way
  const w = words[language]
  const tag = `${language}${way.width}`.toLowerCase()

  story(`F1 F2 F3 F4: another address, and back from the mailbox of before (${inWords(way)})`, async ({ browser }) => {
    const t = emailTexts.in(language)
    const { email } = await account(service, `avant-${tag}@exemple.ca`, language)
    const next = `apres-${tag}@exemple.ca`
    const page = await browser(way)
    await at(page, way, email, '/account/email')
    await seen(page, t('title'))
    await type(page, t('email'), 'pas une adresse')
    await press(page, t('submit'))
    await refused(page, way, t('email'), await page.locator('#email-problem').innerText())
    await type(page, t('email'), next)
    await press(page, t('submit'))
    await seen(page, w.code)
    assert.ok((await textOf(page)).includes(next))
    await verify(page, w, (await secretsOf(service, next)).code)
    await seen(page, w.signIn)
    assert.ok((await textOf(page)).includes(plain(signInTexts.in(language)('done.email-changed'))))
    await signIn(page, w, { email: next })
    await seen(page, w.account)

    const undoing = undoTexts.in(language)
    const { link, language: written } = await letterTo(service, email)
    assert.equal(written, language)
    const owner = await browser(way)
    await owner.goto(link ?? '')
    await seen(owner, undoing('title'))
    await press(owner, undoing('submit'))
    await seen(owner, w.reset)
    await type(owner, w.newPassword, FRESH)
    await type(owner, w.again, FRESH)
    await press(owner, w.submit)
    await signIn(owner, w, { email, password: FRESH })
    await seen(owner, reviewTexts.in(language)('titleNone'))
    await page.goto(`${service.origin}/account`)
    await seen(page, w.signIn)
  })

  story(`K1: the account is closed, and kept when a product is opened (${inWords(way)})`, async ({ browser }) => {
    const t = privacyTexts.in(language)
    const { email } = await account(service, `ferme-${tag}@exemple.ca`, language)
    const page = await browser(way)
    await at(page, way, email, '/account/privacy')
    await seen(page, t('title'))
    await follow(page, t('close'))
    await seen(page, t('closeTitle'))
    await press(page, t('close'))
    await seen(page, w.signIn)
    const notice = await letterTo(service, email)
    assert.deepEqual([notice.template, notice.language], ['account-closing', language])

    await page.goto(ledger.deep)
    await signIn(page, w, { email })
    const choice = keepTexts.in(language)
    await seen(page, choice('title'))
    await press(page, choice('keep'))
    await arrived(page, ledger.deep)
    assert.equal((await whoIs(page, ledger)).email, email)
    await page.goto(`${service.origin}/account/privacy/data`)
    await seen(page, t('dataTitle'))
    assert.ok((await textOf(page)).includes(ledger.name))
  })
}
