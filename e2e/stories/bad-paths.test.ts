/** Z7: a page that cannot be shown says so calmly, in the person's language, and offers a way on. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { days } from '../../src/platform/clock.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { startChromium } from '../chromium.ts'
import { account, PASSWORD, secretsOf } from './stage/account.ts'
import { isCalm, leadsOn } from './stage/calm.ts'
import { startForgettingProxy } from './stage/forgetting-proxy.ts'
import {
  arrived,
  follow,
  leads,
  link,
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

const w = words['fr-CA']

const REQUEST = {
  client_id: 'ledger',
  response_type: 'code',
  scope: 'openid',
  redirect_uri: `${ledger.url}/callback`,
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
}
const authorize = (more: Partial<typeof REQUEST>): string =>
  `/oidc/authorize?${new URLSearchParams({ ...REQUEST, ...more })}`

const NOWHERE = [
  '/no-such-page',
  '/sign-in/more',
  '/verify/resend',
  '/language',
  '/verify',
  '/verify?journey=jrn_00000000000000000000000000000000',
  '/verify?link=mistyped',
  '/sign-in?journey=jrn_00000000000000000000000000000000',
  '/sign-up?journey=%00',
  '/forgot?journey=%27%20or%201=1',
  '/continue/jrn_00000000000000000000000000000000',
  '/consent',
  '/reset',
  '/reset?link=mistyped',
  '/oidc/no-such-page',
  '/oidc/authorize',
  '/oidc/authorize/no-such-interaction',
  authorize({ client_id: 'nobody' }),
  authorize({ client_id: '\0' }),
  authorize({ redirect_uri: 'https://evil.example/callback' }),
  authorize({ redirect_uri: `${ledger.url}/callback/` }),
]

for (const language of inEach(['fr-CA', 'en', 'fr'] as const))
  story(`Z7: broken links, unknown pages, products set up wrongly (${language})`, async ({ browser }) => {
    const page = await browser({ ...NARROW, language })
    for (const path of NOWHERE) {
      const answer = await page.goto(service.origin + path)
      assert.match(String(answer?.status()), /^4/, path)
      await isCalm(page, language)
      await leadsOn(page)
    }
  })

story('Z7: a page of somebody else’s sign-in opens nothing of it', async ({ browser }) => {
  const page = await browser()
  await page.goto(ledger.deep)
  await follow(page, w.create)
  await signUp(page, w, { email: 'etrangere@exemple.ca' })
  await seen(page, w.code)
  const other = await browser()
  await other.goto(page.url())
  await isCalm(other, 'fr-CA')
  assert.ok(!(await textOf(other)).includes('etrangere@exemple.ca'))
  await leadsOn(other)
})

for (const way of inEach([WIDE, NARROW]))
  story(
    `B6 Z7: after eight days nothing waits any more, and every form of then says so (${inWords(way)})`,
    async ({ browser }) => {
      const email = `vieux${way.width}@exemple.ca`
      const forms = await Promise.all(
        ['sign-in', 'sign-up', 'verify'].map(async (kind) => ({ kind, page: await browser(way) })),
      )
      for (const { kind, page } of forms) {
        await page.goto(ledger.deep)
        if (kind !== 'sign-in') await follow(page, w.create)
        if (kind === 'verify') await signUp(page, w, { email })
        if (kind === 'verify') await seen(page, w.code)
      }
      const { code, link: old } = await secretsOf(service, email)
      service.clock.advance(days(8))
      for (const { kind, page } of forms) {
        if (kind === 'sign-in') await signIn(page, w, { email })
        if (kind === 'sign-up') await signUp(page, w, { email })
        if (kind === 'verify') await verify(page, w, code)
        await isCalm(page, 'fr-CA')
        await page.reload()
        await isCalm(page, 'fr-CA')
        await leadsOn(page)
      }
      const page = await browser(way)
      await page.goto(old)
      await isCalm(page, 'fr-CA')
      await leadsOn(page)
    },
  )

for (const way of inEach([WIDE, NARROW], 1))
  story(
    `Z7: going back after each step, and loading each page again, loses nothing (${inWords(way)})`,
    async ({ browser }) => {
      const email = `retour${way.width}@exemple.ca`
      const page = await browser(way)
      await page.goto(ledger.deep)
      await seen(page, w.signIn)
      await press(page, w.signIn)
      await page.getByRole('alert').waitFor()
      if (way.script) {
        // The refused page is not sent again, neither by going back to it nor by loading it again.
        await follow(page, w.forgot)
        await page.goBack()
        await seen(page, w.signIn)
        assert.equal(await page.getByRole('alert').count(), 0)
        await press(page, w.signIn)
        await page.getByRole('alert').waitFor()
      }
      await page.reload()
      await seen(page, w.signIn)
      await follow(page, w.create)
      await signUp(page, w, { email })
      await seen(page, w.code)
      await page.reload()
      await seen(page, w.code)
      await page.goBack()
      await seen(page, w.create)
      await page.goForward()
      await seen(page, w.code)
      const { code } = await secretsOf(service, email)
      await verify(page, w, code)
      await arrived(page, ledger.deep)
      await page.goBack()
      await arrived(page, ledger.deep)
      await page.reload()
      await arrived(page, ledger.deep)
      assert.equal((await whoIs(page, ledger)).email, email)
    },
  )

for (const way of inEach([WIDE, NARROW]))
  story(
    `Z7 Z3: a double click, or the same form from two tabs at once, does the thing once (${inWords(way)})`,
    async ({ browser }) => {
      const email = `double${way.width}@exemple.ca`
      const page = await browser(way)
      const twice = (name: string) => leads(page, page.getByRole('button', { name, exact: true }).dblclick())
      await page.goto(ledger.deep)
      await follow(page, w.create)
      await type(page, w.email, email)
      await type(page, w.firstName, 'Élise')
      await type(page, w.lastName, 'Gagné')
      await type(page, w.password, PASSWORD)
      await twice(w.signUp)
      await seen(page, w.code)
      await twice(w.resend)
      await seen(page, w.code)
      const { code } = await secretsOf(service, email)
      const tab = await page.context().newPage()
      await tab.goto(page.url())
      for (const one of [page, tab]) await type(one, w.code, code)
      await Promise.all([press(page, w.verify), press(tab, w.verify)])
      for (const one of [page, tab]) {
        await one.waitForURL((url) => url.origin === ledger.url)
        await one.goto(ledger.deep)
        await arrived(one, ledger.deep)
      }
      assert.equal((await whoIs(page, ledger)).email, email)

      const second = await browser(way)
      await second.goto(ledger.deep)
      await type(second, w.email, email)
      await type(second, w.password, PASSWORD)
      await leads(second, second.getByRole('button', { name: w.signIn, exact: true }).dblclick())
      await arrived(second, ledger.deep)
      assert.equal((await whoIs(second, ledger)).email, email)
    },
  )

story('Z7: a fault of ours shows a number that support can find', async () => {
  await sql`alter table journeys rename to journeys_away`.execute(service.db)
  try {
    const answer = await fetch(`${service.origin}/sign-in?journey=jrn_x`, { headers: { 'accept-language': 'fr' } })
    const html = await answer.text()
    assert.equal(answer.status, 500)
    const number = answer.headers.get('x-request-id') ?? ''
    assert.match(number, /^req_\w+$/)
    assert.ok(html.includes(number), 'the page says the number')
    assert.match(html, /<html lang="fr"/)
    assert.doesNotMatch(html, /journeys|relation|node_modules/)
  } finally {
    await sql`alter table journeys_away rename to journeys`.execute(service.db)
  }
})

story('Z7: a browser that keeps no cookies is told so, and what to do', async () => {
  const forgetting = await startForgettingProxy()
  const browser = await startChromium()
  try {
    const context = await browser.newContext({
      locale: 'fr-CA',
      proxy: { server: forgetting.url, bypass: '<-loopback>' },
    })
    const page = await context.newPage()
    const { email } = await account(service, 'temoins@exemple.ca')
    await page.goto(`${service.origin}/sign-in`)
    await signIn(page, w, { email })
    assert.match(await textOf(page), /témoins/)
    await isCalm(page, 'fr-CA')
    await link(page, 'Réessayer').waitFor()
    await leadsOn(page)
    await page.goto(ledger.deep)
    assert.match(await textOf(page), /témoins/)
    await isCalm(page, 'fr-CA')
    assert.deepEqual(await context.cookies(), [])
  } finally {
    await browser.close()
    forgetting.close()
  }
})
