/** C3, C5: a password is changed by knowing it; where the standard was raised, a better one is asked for on the way. */

import assert from 'node:assert/strict'
import { problemTexts } from '../../src/journey/errors/problem-texts.ts'
import { type PolicyChange, setPolicy } from '../../src/operator/policy/rules.ts'
import { system } from '../../src/platform/actor.ts'
import { texts as change } from '../../src/portal/change-password/texts.ts'
import { texts as better } from '../../src/sign-in/better-password/texts.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { putOffTexts } from '../../src/ui/asking/put-off.tsx'
import { account, letterTo, PASSWORD } from './stage/account.ts'
import { arrived, button, plain, press, seen, signIn, textOf, type, whoIs } from './stage/person.ts'
import { refused } from './stage/refusal.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const FRESH = 'quarante girafes patientes attendent'

const ask = async (wish: PolicyChange): Promise<void> => {
  assert.ok((await setPolicy(service, wish, system)).ok)
}

for (const way of inEach([WIDE, NARROW]))
  story(`C5 A4: a known password is changed, and holds everywhere (${inWords(way)})`, async ({ browser }) => {
    const w = words[way.language]
    const { email } = await account(service, `change${way.width}@exemple.ca`)
    const elsewhere = await browser(way)
    await elsewhere.goto(ledger.deep)
    await signIn(elsewhere, w, { email })
    await arrived(elsewhere, ledger.deep)
    const page = await browser(way)
    await page.goto(`${service.origin}/account/password`)
    await signIn(page, w, { email })
    await seen(page, w.password)
    await type(page, w.currentPassword, 'quatre phares tranquilles')
    await type(page, w.newPassword, FRESH)
    await type(page, w.again, FRESH)
    await press(page, w.changePassword)
    await refused(page, way, w.currentPassword, problemTexts.in(way.language)('current-wrong'))
    await type(page, w.currentPassword, PASSWORD)
    await type(page, w.newPassword, FRESH)
    await type(page, w.again, FRESH)
    await press(page, w.changePassword)
    assert.ok((await textOf(page)).includes(plain(change.in(way.language)('done.changed'))))
    assert.equal((await letterTo(service, email)).template, 'password-changed')
    await page.goto(payroll.deep)
    await arrived(page, payroll.deep)
    assert.equal((await whoIs(page, payroll)).email, email, 'this browser stays signed in')
    await elsewhere.goto(payroll.deep)
    await signIn(elsewhere, w, { email, password: FRESH })
    await arrived(elsewhere, payroll.deep)
  })

for (const way of inEach([WIDE, NARROW], 1))
  story(
    `C3: a raised standard leads through a better password to the product (${inWords(way)})`,
    async ({ browser }) => {
      const w = words[way.language]
      const t = better.in(way.language)
      const { email } = await account(service, `mieux${way.width}@exemple.ca`)
      const page = await browser(way)
      try {
        await ask({ minLength: 30, graceDays: 30 })
        await page.goto(ledger.deep)
        await signIn(page, w, { email })
        await seen(page, t('title'))
        await press(page, putOffTexts.in(way.language)('later'))
        await arrived(page, ledger.deep)
        await page.goto(payroll.deep)
        await arrived(page, payroll.deep)

        await ask({ graceDays: 0 })
        const other = await browser(way)
        await other.goto(ledger.deep)
        await signIn(other, w, { email })
        await seen(other, t('title'))
        assert.equal(await button(other, putOffTexts.in(way.language)('later')).count(), 0)
        await type(other, w.newPassword, PASSWORD)
        await type(other, w.again, PASSWORD)
        await press(other, t('submit'))
        const tooShort = problemTexts.in(way.language)('password-too-short', { min: 30, has: PASSWORD.length })
        await refused(other, way, w.newPassword, tooShort)
        await type(other, w.newPassword, FRESH)
        await type(other, w.again, FRESH)
        await press(other, t('submit'))
        await arrived(other, ledger.deep)
        assert.equal((await whoIs(other, ledger)).email, email)
      } finally {
        await ask({ minLength: 8 })
      }
    },
  )
