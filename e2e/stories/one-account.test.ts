/** A1 to A3, L2, K1: one account opens every product, and signing out of one signs out of all. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { hours } from '../../src/platform/clock.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { account } from './stage/account.ts'
import { arrived, heading, press, seen, signIn, textOf, whoIs } from './stage/person.ts'
import { ledger, payroll, type Scene, service, story } from './stage/stage.ts'
import { inWords, NARROW, type Way, WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const w = words['fr-CA']

/** Somebody who is signed in to both products; only the first asked for anything. */
async function inBoth({ browser }: Scene, name: string, way: Way): Promise<{ page: Page; email: string }> {
  const { email } = await account(service, `${name}${way.width}@exemple.ca`)
  const page = await browser(way)
  await page.goto(ledger.deep)
  await signIn(page, w, { email })
  await arrived(page, ledger.deep)
  const shown: string[] = []
  page.on('framenavigated', (frame) => shown.push(frame.url()))
  await page.goto(payroll.deep)
  assert.deepEqual(shown, [payroll.deep], 'no other page was shown on the way')
  return { page, email }
}

/** The next page of a product says that the session has ended, and its deep page asks to sign in. */
async function isSignedOut(page: Page, product: typeof ledger): Promise<void> {
  assert.equal((await whoIs(page, product)).signedIn, false)
  await page.goto(product.url)
  assert.match(await textOf(page), /a mis fin à votre session/)
  await page.goto(product.deep)
  await seen(page, w.signIn)
}

for (const way of inEach([WIDE, NARROW], 1)) {
  story(
    `A1 A2 A3: the second product opens with nothing typed, for the same person (${inWords(way)})`,
    async (scene) => {
      const { page, email } = await inBoth(scene, 'entre', way)
      const [first, second] = [await whoIs(page, ledger), await whoIs(page, payroll)]
      assert.equal(second.email, email)
      assert.equal(second.sub, first.sub)
      assert.notEqual(second.sub, email)
      await page.goto(`${service.origin}/account`)
      await seen(page, w.account)
      for (const said of ['Élise Gagné', email, ledger.name, payroll.name])
        assert.ok((await textOf(page)).includes(said), said)
    },
  )

  story(`L2: signing out of one product signs out of the other and of the account (${inWords(way)})`, async (scene) => {
    const { page } = await inBoth(scene, 'sort', way)
    await press(page, w.signOut)
    await arrived(page, `${payroll.url}/`)
    await service.post()
    await isSignedOut(page, ledger)
    await page.goto(`${service.origin}/account`)
    await seen(page, w.signIn)
  })

  story(`L2: signing out at the account signs out of every product (${inWords(way)})`, async (scene) => {
    const { page } = await inBoth(scene, 'quitte', way)
    await page.goto(`${service.origin}/account`)
    await press(page, w.signOut)
    await seen(page, 'Votre session est fermée')
    await service.post()
    await isSignedOut(page, ledger)
    await isSignedOut(page, payroll)
  })
}

story('L2: a sign-out that nobody has proved to want asks first', async (scene) => {
  const { page } = await inBoth(scene, 'demande', WIDE)
  await page.goto(`${service.origin}/oidc/sign-out`)
  await seen(page, 'Se déconnecter?')
  await page.goto(ledger.deep)
  await heading(page, 'Facture nº 42').waitFor()
  await page.goto(`${service.origin}/oidc/sign-out`)
  await press(page, w.signOut)
  await seen(page, 'Votre session est fermée')
  await service.post()
  await isSignedOut(page, ledger)
})

story(
  'K1: account management without a product: signing in leads there, and so does the bare address',
  async ({ browser }) => {
    const { email } = await account(service, 'direct@exemple.ca')
    const page = await browser()
    await page.goto(service.origin)
    await signIn(page, w, { email })
    await seen(page, w.account)
    assert.equal(page.url(), `${service.origin}/account`)
    const other = await browser()
    await other.goto(`${service.origin}/sign-in`)
    await signIn(other, w, { email })
    await seen(other, w.account)
  },
)

story('Z4: a session that nobody used for 12 hours is over, in the product too when it asks again', async (scene) => {
  const { page, email } = await inBoth(scene, 'dort', WIDE)
  service.clock.advance(hours(11))
  await page.goto(`${service.origin}/account`)
  await seen(page, w.account)
  service.clock.advance(hours(11))
  await page.goto(`${service.origin}/account`)
  await seen(page, w.account)
  service.clock.advance(hours(13))
  await page.goto(`${service.origin}/account`)
  await signIn(page, w, { email })
  await seen(page, w.account)
})
