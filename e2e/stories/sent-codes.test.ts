/** E2, E4, E5: codes by text, by call and to a back-up address. */
import assert from 'node:assert/strict'
import { factorTexts } from '../../src/core/model/factor/texts.ts'
import { minutes } from '../../src/platform/clock.ts'
import { texts as contactTexts } from '../../src/portal/contacts/texts.ts'
import { texts as codesTexts } from '../../src/portal/recovery-codes/texts.ts'
import { portalTexts } from '../../src/portal/texts.ts'
import { texts as checkTexts } from '../../src/portal/without-phone/texts.ts'
import { texts as stepTexts } from '../../src/sign-in/second-step/texts.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account, letterTo, wrong } from './stage/account.ts'
import { alertOf, arrived, follow, press, seen, signIn, textOf, type, whoIs } from './stage/person.ts'
import { ledger, service, story } from './stage/stage.ts'
import { inWords, THREE_WAYS } from './stage/ways.ts'
import { words } from './stage/words.ts'

/** The code of the newest text or call. */
async function codeTo(number: string): Promise<string> {
  await service.post()
  return service.box.newestText(number).code ?? ''
}

let accounts = 0

for (const way of inEach(THREE_WAYS)) {
  const { language } = way
  const w = words[language]

  story(
    `E2 E4: texts, calls and a back-up address are set up, and each opens the second step (${inWords(way)})`,
    async ({ browser }) => {
      const [t, codes, step] = [contactTexts.in(language), codesTexts.in(language), stepTexts.in(language)]
      const kinds = factorTexts.in(language)
      const nth = accounts++
      const [mobile, home] = [`+161355501${40 + nth}`, `+161355501${80 + nth}`]
      const backUp = `secours-${nth}@ailleurs.example`
      const { email } = await account(service, `numeros-${nth}@exemple.ca`, language)
      const page = await browser(way)

      await page.goto(`${service.origin}/account/factors`)
      await signIn(page, w, { email })
      await follow(page, kinds('text.setUp'))
      await type(page, t('number'), mobile)
      await press(page, t('send'))
      await seen(page, t('confirmTitle'))
      await type(page, t('code'), await codeTo(mobile))
      await press(page, t('confirm'))
      await seen(page, codes('newTitle'))
      await press(page, codes('saved'))
      await follow(page, kinds('voice.setUp'))
      await type(page, t('number'), home)
      await press(page, t('send'))
      await type(page, t('code'), await codeTo(home))
      await press(page, t('confirm'))
      await seen(page, portalTexts.in(language)('factors'))
      await follow(page, kinds('email.setUp'))
      await type(page, t('email'), backUp)
      await press(page, t('send'))
      await type(page, t('code'), (await letterTo(service, backUp)).code ?? '')
      await press(page, t('confirm'))
      await follow(page, checkTexts.in(language)('title'))
      assert.ok((await textOf(page)).includes(backUp))
      service.clock.advance(minutes(1))

      for (const [at, code, acr] of [
        [0, () => codeTo(home), 'mfa'],
        [1, () => codeTo(mobile), 'mfa'],
        [2, async () => (await letterTo(service, backUp)).code ?? '', 'pwd'],
      ] as const) {
        const other = await browser(way)
        await other.goto(ledger.deep)
        await signIn(other, w, { email })
        await follow(other, step('otherWays'))
        await other
          .getByRole('link', { name: step('use'), exact: true })
          .nth(at)
          .click()
        if (at > 0) await press(other, step('send')) // to the way used last it went with the password
        const right = await code()
        if (at === 0) {
          await type(other, step('code'), wrong(right))
          await press(other, step('submit'))
          await alertOf(other)
        }
        await type(other, step('code'), right)
        await press(other, step('submit'))
        await arrived(other, ledger.deep)
        assert.equal((await whoIs(other, ledger)).acr, acr)
        service.clock.advance(minutes(1))
      }
    },
  )
}
