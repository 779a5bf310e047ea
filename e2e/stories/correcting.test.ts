/** B3 to B5: an address that was mistyped is corrected without losing the rest. */
import assert from 'node:assert/strict'
import { inEach } from '../../src/testing/repeated.ts'
import { letterTo, PASSWORD, secretsOf } from './stage/account.ts'
import {
  alertOf,
  arrived,
  follow,
  labelled,
  press,
  seen,
  signIn,
  signUp,
  textOf,
  type,
  verify,
  whoIs,
} from './stage/person.ts'
import { ledger, service, story } from './stage/stage.ts'
import { inWords, NARROW, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

for (const way of inEach([WIDE, NARROW, { ...WIDE, language: 'en' as const }], 1)) {
  const w = words[way.language]
  const tag = `${way.language}${way.width}`.toLowerCase()

  story(
    `B5: the address is corrected, names and password are kept, the old code is dead (${inWords(way)})`,
    async ({ browser }) => {
      const [mistaken, right] = [`faux-${tag}@exemple.ca`, `juste-${tag}@exemple.ca`]
      const page = await browser(way)
      await page.goto(ledger.deep)
      await follow(page, w.create)
      await signUp(page, w, { email: mistaken, firstName: 'Maëlle', lastName: 'O’Neil-Roy' })
      await seen(page, w.code)
      const old = await secretsOf(service, mistaken)

      await follow(page, w.change)
      await seen(page, w.create)
      const kept = await Promise.all(
        [w.email, w.firstName, w.lastName, w.password].map((it) => labelled(page, it).inputValue()),
      )
      assert.deepEqual(kept, [mistaken, 'Maëlle', 'O’Neil-Roy', ''])
      await type(page, w.email, right)
      await press(page, w.signUp)
      await seen(page, w.code)
      assert.ok((await textOf(page)).includes(right))
      await verify(page, w, old.code)
      await alertOf(page)
      const tab = await page.context().newPage()
      await tab.goto(old.link)
      await seen(tab, w.deadLink)

      await verify(page, w, (await secretsOf(service, right)).code)
      await arrived(page, ledger.deep)
      assert.match(await textOf(page), /Maëlle O’Neil-Roy/)
      assert.equal((await whoIs(page, ledger)).email, right)
      const elsewhere = await browser(way)
      await elsewhere.goto(ledger.deep)
      await signIn(elsewhere, w, { email: right, password: PASSWORD })
      await arrived(elsewhere, ledger.deep)
    },
  )
}

story('B5: with the address the password may be changed too', async ({ browser }) => {
  const w = words['fr-CA']
  const email = 'autre-mot@exemple.ca'
  const page = await browser()
  await page.goto(`${service.origin}/sign-up`)
  await signUp(page, w, { email })
  await follow(page, w.change)
  await seen(page, w.create)
  await type(page, w.password, 'douze canards endormis')
  await press(page, w.signUp)
  await verify(page, w, (await secretsOf(service, email)).code)
  await seen(page, w.account)
  const elsewhere = await browser()
  await elsewhere.goto(`${service.origin}/sign-in`)
  await signIn(elsewhere, w, { email })
  await alertOf(elsewhere)
  await signIn(elsewhere, w, { email, password: 'douze canards endormis' })
  await seen(elsewhere, w.account)
})

for (const way of inEach([WIDE, NARROW], 1))
  story(`B4: a likely mistake is mentioned, and not forced (${inWords(way)})`, async ({ browser }) => {
    const w = words[way.language]
    const name = `chloe${way.width}`
    const page = await browser(way)
    await page.goto(`${service.origin}/sign-up`)
    await signUp(page, w, { email: `${name}@gmial.com` })
    await seen(page, w.code)
    assert.match(await textOf(page), new RegExp(`Vouliez-vous écrire .?${name}@gmail\\.com`))
    await follow(page, w.change)
    await type(page, w.email, `${name}@gmail.com`)
    await press(page, w.signUp)
    await seen(page, w.code)
    assert.doesNotMatch(await textOf(page), /Vouliez-vous/)
    assert.ok((await letterTo(service, `${name}@gmail.com`)).code)

    await follow(page, w.change)
    await type(page, w.email, `${name}@gmial.com`)
    await press(page, w.signUp)
    await verify(page, w, (await secretsOf(service, `${name}@gmial.com`)).code)
    await seen(page, w.account)
    assert.ok((await textOf(page)).includes(`${name}@gmial.com`))
  })
