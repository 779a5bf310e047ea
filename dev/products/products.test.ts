import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newBrowser } from './testing/browser.ts'
import { marie, nobody, type Running, runProducts, whoAmI } from './testing/running.ts'

let running: Running
const english = { 'accept-language': 'en' }

before(async () => {
  running = await runProducts()
  running.startService()
})
after(() => running.close())

test('the products wait for a service that starts after them', async (t) => {
  const { ledger, startService, signIn, close } = await runProducts()
  t.after(close)
  const home = await newBrowser(english).open(ledger.url)
  assert.equal(home.status, 200)
  const early = await newBrowser(english).open(`${ledger.url}/invoices/42`)
  assert.equal(early.status, 503)
  assert.match(early.html, /The account service is not reachable yet.*href="\/invoices\/42"/s)
  startService()
  const page = await signIn(newBrowser(english), `${ledger.url}/invoices/42`)
  assert.equal(page.url, `${ledger.url}/invoices/42`)
})

test('a signed-out person sees what the product is and two ways in', async () => {
  const browser = newBrowser(english)
  const { html, status } = await browser.open(running.ledger.url)
  assert.equal(status, 200)
  assert.match(html, /<html lang="en" dir="ltr">.*Sign in.*prompt=create.*Create an account.*href="\/invoices\/42"/s)
  assert.deepEqual(await whoAmI(browser, running.ledger), nobody)
})

test('a deep link leads through sign-in to exactly there, and what the service says is escaped', async () => {
  const browser = newBrowser(english)
  const page = await running.signIn(browser, `${running.ledger.url}/invoices/42`)
  assert.equal(page.url, `${running.ledger.url}/invoices/42`)
  assert.match(page.html, /Invoice no. 42.*marie &lt;b&gt;Tremblay/s)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
})

test('whoever is in one product gets into the other with nothing typed', async () => {
  const browser = newBrowser()
  await running.signIn(browser, `${running.ledger.url}/sign-in`)
  const page = await browser.open(`${running.payroll.url}/payslips/2026-11`)
  assert.equal(page.url, `${running.payroll.url}/payslips/2026-11`)
  assert.equal(page.status, 200)
  assert.deepEqual(await whoAmI(browser, running.payroll), marie)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
})

test('the session id changes at sign-in, and the one before opens nothing', async () => {
  const browser = newBrowser()
  const cookie = (answer: Response) => answer.headers.getSetCookie()[0] ?? ''
  const before = cookie(await browser.ask(`${running.ledger.url}/sign-in`))
  assert.match(before, /^ledger_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  await running.signIn(browser, `${running.ledger.url}/sign-in`)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
  const old = await fetch(`${running.ledger.url}/whoami.json`, { headers: { cookie: before.split(';')[0] ?? '' } })
  assert.deepEqual(await old.json(), nobody)
})

test('the request has PKCE, state, nonce and the language of the page', async () => {
  const location = async (headers: Record<string, string>, path: string) => {
    const answer = await newBrowser(headers).ask(running.ledger.url + path)
    return new URL(answer.headers.get('location') ?? '').searchParams
  }
  const asked = await location({ 'accept-language': 'tlh, fr-CA;q=0.8, en;q=0.5' }, '/sign-in?prompt=create')
  assert.equal(asked.get('code_challenge_method'), 'S256')
  for (const name of ['code_challenge', 'state', 'nonce']) assert.ok((asked.get(name) ?? '').length >= 43, name)
  assert.equal(asked.get('ui_locales'), 'fr-CA')
  assert.equal(asked.get('prompt'), 'create')
  assert.equal((await location({ 'accept-language': 'fr-BE' }, '/sign-in')).get('ui_locales'), 'fr')
  assert.equal((await location({ 'accept-language': 'tlh' }, '/sign-in')).get('ui_locales'), 'fr-CA')
})

test('a language that is chosen stays', async () => {
  const browser = newBrowser(english)
  const page = await browser.open(`${running.payroll.url}/language/fr?to=/`)
  assert.match(page.html, /<html lang="fr" dir="ltr">.*bulletin de paie/s)
})

test('nobody is sent to another site, whatever the link says', async () => {
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example']) {
    const page = await running.signIn(newBrowser(), `${running.ledger.url}/sign-in?${new URLSearchParams({ to })}`)
    assert.equal(page.url, `${running.ledger.url}/`)
  }
})

test('refresh says that it worked, even twice at once, and that the session has ended', async () => {
  const browser = newBrowser(english)
  assert.match((await running.signIn(browser, `${running.ledger.url}/sign-in`)).html, /Refresh<\/button>/)
  const refresh = () => browser.open(`${running.ledger.url}/refresh`, { method: 'POST' })
  for (const page of await Promise.all([refresh(), refresh()])) assert.match(page.html, /Refreshed at .* is alive/)
  assert.match((await refresh()).html, /Refreshed at/)
  await running.service.revokeEverything()
  assert.match((await refresh()).html, /role="status">The account service has ended your session/)
  assert.deepEqual(await whoAmI(browser, running.ledger), nobody)
})

test('a callback that comes twice goes where the first one went', async () => {
  const browser = newBrowser()
  const page = await running.signIn(browser, `${running.ledger.url}/invoices/7`)
  const callback = page.asked.find((url) => url.includes('/callback?')) ?? ''
  const again = await browser.open(callback)
  assert.equal(again.url, `${running.ledger.url}/invoices/7`)
  assert.equal(again.status, 200)
})

test('a callback without its session starts again, once', async () => {
  const browser = newBrowser(english)
  const page = await running.signIn(browser, `${running.ledger.url}/invoices/7`)
  const callback = page.asked.find((url) => url.includes('/callback?')) ?? ''
  await browser.submit({ ...page, html: '<form action="/sign-out">' })
  const elsewhere = newBrowser(english)
  const restarted = await elsewhere.ask(callback)
  const authorize = new URL(restarted.headers.get('location') ?? '')
  assert.equal(authorize.origin, running.service.issuer)
  const withoutCookies = new URLSearchParams({ state: authorize.searchParams.get('state') ?? '', code: 'x' })
  const end = await newBrowser(english).open(`${running.ledger.url}/callback?${withoutCookies}`)
  assert.equal(end.status, 400)
  assert.match(end.html, /no longer valid.*to=%2Finvoices%2F7/s)
  assert.equal((await running.signIn(elsewhere, authorize.href)).url, `${running.ledger.url}/invoices/7`)
})

test('an error from the service is a calm page with a way on', async () => {
  const browser = newBrowser(english)
  const silent = await browser.open(`${running.ledger.url}/sign-in?prompt=none&to=/invoices/42`)
  assert.match(silent.html, /You are not signed in yet.*login_required.*href="\/sign-in\?to=%2Finvoices%2F42"/s)
  const answer = await browser.ask(`${running.ledger.url}/sign-in`)
  const state = new URL(answer.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const denied = new URLSearchParams({ state, error: 'access_denied', iss: running.service.issuer })
  assert.match(
    (await browser.open(`${running.ledger.url}/callback?${denied}`)).html,
    /Sign-in was cancelled.*Try again/s,
  )
  const spoofed = await browser.ask(`${running.ledger.url}/sign-in`)
  const other = new URL(spoofed.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const mixedUp = new URLSearchParams({ state: other, code: 'x', iss: 'https://evil.example' })
  assert.match((await browser.open(`${running.ledger.url}/callback?${mixedUp}`)).html, /Sign-in did not work/)
  assert.deepEqual(await whoAmI(browser, running.ledger), nobody)
})

test('a form of another site does nothing', async () => {
  const browser = newBrowser(english)
  await running.signIn(browser, `${running.ledger.url}/sign-in`)
  const answer = await browser.ask(`${running.ledger.url}/sign-out`, {
    method: 'POST',
    headers: { origin: running.payroll.url },
  })
  assert.equal(answer.status, 403)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
})

test('every page has a strict policy, and unknown addresses a page', async () => {
  const browser = newBrowser(english)
  for (const path of ['/', '/nothing', '/invoices/zero', '/language/tlh']) {
    const answer = await browser.ask(running.ledger.url + path)
    assert.equal(answer.status, path === '/' ? 200 : 404)
    assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'self';/)
    assert.doesNotMatch(await answer.text(), /<style|<script|style=|\son\w+="/)
  }
})
