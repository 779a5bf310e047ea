/** B3, Z2, Z7: bad input gets a message that says what to do, and nothing that was typed is lost. */
import assert from 'node:assert/strict'
import { problemTexts } from '../../src/journey/errors/problem-texts.ts'
import { seconds } from '../../src/platform/clock.ts'
import { texts as signInTexts } from '../../src/sign-in/password/texts.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { codeTexts } from '../../src/ui/asking/code.tsx'
import { secretsOf, wrong } from './stage/account.ts'
import { alertOf, labelled, press, seen, signIn, signUp, textOf, type, verify } from './stage/person.ts'
import { refused } from './stage/refusal.ts'
import { service, story } from './stage/stage.ts'
import { inWords, NARROW, THREE_WAYS, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const LONG = {
  'address-local-too-long': `${'a'.repeat(65)}@exemple.ca`,
  'address-domain-too-long': `elise@${'b'.repeat(30)}.${'c'.repeat(31)}.ca`,
} as const

for (const way of inEach(THREE_WAYS)) {
  const w = words[way.language]

  story(
    `B3 Z7: 65 characters before or after the @ are refused wherever an address is typed (${inWords(way)})`,
    async ({ browser }) => {
      const page = await browser(way)
      for (const reason of ['address-local-too-long', 'address-domain-too-long'] as const) {
        const email = LONG[reason]
        const sentence = problemTexts.in(way.language)(reason, { limit: 64, has: 65 })
        for (const said of ['64', '65', '@']) assert.ok(sentence.includes(said), sentence)
        await page.goto(`${service.origin}/sign-up`)
        await signUp(page, w, { email, firstName: 'Zoé <3', lastName: 'D’Amour' })
        await refused(page, way, w.email, sentence)
        const kept = await Promise.all(
          [w.email, w.firstName, w.lastName, w.password].map((it) => labelled(page, it).inputValue()),
        )
        assert.deepEqual(kept, [email, 'Zoé <3', 'D’Amour', ''])

        await page.goto(`${service.origin}/sign-in`)
        await signIn(page, w, { email })
        await refused(page, way, w.email, sentence)
        assert.equal(await labelled(page, w.email).inputValue(), email)
        assert.equal(await labelled(page, w.password).inputValue(), '')

        await page.goto(`${service.origin}/forgot`)
        await type(page, w.email, email)
        await press(page, w.sendLink)
        await refused(page, way, w.email, sentence)
        assert.equal(await labelled(page, w.email).inputValue(), email)
      }
      for (const email of Object.values(LONG)) {
        await page.goto(`${service.origin}/forgot`)
        await type(page, w.email, email.replace(/[ac](?=@|\.ca)/, ''))
        await press(page, w.sendLink)
        await seen(page, w.sent)
      }
    },
  )
}

for (const way of inEach([WIDE, NARROW]))
  story(`Z7: an empty form names every field, each with what to do (${inWords(way)})`, async ({ browser }) => {
    const w = words[way.language]
    const problem = problemTexts.in(way.language)
    const page = await browser(way)
    await page.goto(`${service.origin}/sign-up`)
    await press(page, w.signUp)
    await refused(page, way, w.email, problem('address-missing'))
    await refused(page, way, w.firstName, problem('firstName.name-missing'))
    await refused(page, way, w.lastName, problem('lastName.name-missing'))
    await refused(page, way, w.password, problem('password-missing', { min: 8 }))
    await page.getByRole('alert').getByRole('link').last().click()
    if (way.script) assert.equal(await page.evaluate(() => document.activeElement?.id), 'password')

    await page.goto(`${service.origin}/sign-in`)
    await press(page, w.signIn)
    await refused(page, way, w.email, problem('address-missing'))
    await type(page, w.email, 'elise@exemple.ca')
    await press(page, w.signIn)
    await refused(page, way, w.password, signInTexts.in(way.language)('password-missing'))
  })

story('B3: an internationalised address works, and is the same mailbox in other letters', async ({ browser }) => {
  const w = words['fr-CA']
  const page = await browser()
  await page.goto(`${service.origin}/sign-up`)
  await signUp(page, w, { email: 'Zoé@crème-brûlée.ca' })
  await seen(page, w.code)
  assert.match(await textOf(page), /Zoé@crème-brûlée\.ca/, 'as it was typed')
  await verify(page, w, (await secretsOf(service, 'Zoé@crème-brûlée.ca')).code)
  await seen(page, w.account)
  const elsewhere = await browser()
  await elsewhere.goto(`${service.origin}/sign-in`)
  await signIn(elsewhere, w, { email: 'ZOÉ@CRÈME-BRÛLÉE.CA' })
  await seen(elsewhere, w.account)
})

for (const way of inEach([WIDE, NARROW], 1))
  story(`Z2 Z7: an empty code, a wrong one, five wrong ones (${inWords(way)})`, async ({ browser }) => {
    const w = words[way.language]
    const t = codeTexts.in(way.language)
    const email = `codes${way.width}@exemple.ca`
    const page = await browser(way)
    await page.goto(`${service.origin}/sign-up`)
    await signUp(page, w, { email })
    await seen(page, w.code)
    const { code } = await secretsOf(service, email)
    await press(page, w.verify)
    await refused(page, way, w.code, t('code-missing'))
    for (let tries = 1; tries <= 4; tries++) {
      await verify(page, w, wrong(code))
      await refused(page, way, w.code, t('code-wrong'))
    }
    await verify(page, w, wrong(code))
    await refused(page, way, w.code, t('code-used-up'))
    await verify(page, w, code)
    await refused(page, way, w.code, t('code-used-up'))
    service.clock.advance(seconds(61))
    await press(page, w.resend)
    const fresh = await secretsOf(service, email)
    await verify(page, w, `${fresh.code.slice(0, 3)} ${fresh.code.slice(3)}`)
    await seen(page, w.account)
  })

story(
  'C1 C2 Z7: a password may hold anything; a short, common, patterned or personal one is refused with a reason',
  async ({ browser }) => {
    const w = words['fr-CA']
    const problem = problemTexts.in('fr-CA')
    const email = 'mots@exemple.ca'
    const page = await browser()
    await page.goto(`${service.origin}/sign-up`)
    const refusals = [
      ['court', problem('password-too-short', { min: 8, has: 5 })],
      ['Password123', problem('password-common')],
      ['abcabcabcabc', problem('password-pattern')],
      ['élise.gagné', problem('password-about-you')],
      ['long '.repeat(60), problem('password-too-long', { max: 256, has: 300 })],
    ] as const
    for (const [password, sentence] of refusals) {
      await signUp(page, w, { email, password })
      await refused(page, WIDE, w.password, sentence)
      assert.equal(await labelled(page, w.password).inputValue(), '')
    }
    const strange = 'мой 密码 🦦 “œuf”'
    await signUp(page, w, { email, password: strange })
    await verify(page, w, (await secretsOf(service, email)).code)
    await seen(page, w.account)
    const elsewhere = await browser()
    await elsewhere.goto(`${service.origin}/sign-in`)
    await signIn(elsewhere, w, { email, password: strange.replace('œ', 'oe') })
    await alertOf(elsewhere)
    await signIn(elsewhere, w, { email, password: strange })
    await seen(elsewhere, w.account)
  },
)
