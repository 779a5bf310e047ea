import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Browser, newBrowser } from './testing/browser.ts'
import { marie, nobody, type Running, runProducts, whoAmI } from './testing/running.ts'

let running: Running
const english = { 'accept-language': 'en' }
const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }

before(async () => {
  running = await runProducts()
  running.startService()
})
after(() => running.close())

/** A browser in which Marie is signed in to the ledger. */
async function signedIn(): Promise<Browser> {
  const browser = newBrowser(english)
  await running.signIn(browser, `${running.ledger.url}/sign-in`)
  return browser
}

/** What a correct logout token for Marie says, with changes; a claim that is set to undefined is left out. */
function claims(changes: Record<string, unknown> = {}) {
  const iat = Math.floor(Date.now() / 1000)
  const right = {
    iss: running.service.issuer,
    aud: 'ledger',
    iat,
    exp: iat + 120,
    jti: randomUUID(),
    sub: 'marie',
    events,
  }
  return { ...right, ...changes }
}

function send(token: string): Promise<Response> {
  const body = new URLSearchParams({ logout_token: token })
  return fetch(`${running.ledger.url}/backchannel-logout`, { method: 'POST', body })
}

test('signing out of one product signs out of the service and of the other product', async () => {
  for (const first of ['ledger', 'payroll'] as const) {
    const second = first === 'ledger' ? 'payroll' : 'ledger'
    const browser = await signedIn()
    await browser.open(`${running.payroll.url}/sign-in`)
    const question = await browser.open(`${running[first].url}/sign-out`, { method: 'POST' })
    const page = await browser.submit(question, { logout: 'yes' })
    assert.equal(page.url, `${running[first].url}/`)
    assert.deepEqual(await whoAmI(browser, running[first]), nobody)
    assert.deepEqual(await whoAmI(browser, running[second]), nobody)
    assert.match((await browser.open(running[second].url)).html, /has ended your session.*Sign in/s)
  }
})

test('a person is signed out everywhere, nobody else is', async () => {
  const [here, there, other] = [await signedIn(), await signedIn(), newBrowser(english)]
  await running.signIn(other, `${running.ledger.url}/sign-in`, 'jean')
  assert.equal((await send(await running.service.sign(claims()))).status, 200)
  for (const browser of [here, there]) assert.deepEqual(await whoAmI(browser, running.ledger), nobody)
  assert.notDeepEqual(await whoAmI(other, running.ledger), nobody)
})

test('a session that is not the one meant goes on', async () => {
  const browser = await signedIn()
  assert.equal((await send(await running.service.sign(claims({ sid: 'another' })))).status, 200)
  assert.equal((await send(await running.service.sign(claims({ sub: undefined, sid: 'another' })))).status, 200)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
})

test('a token that comes again is fine and ends no later session', async () => {
  const token = await running.service.sign(claims())
  assert.equal((await send(token)).status, 200)
  const browser = await signedIn()
  assert.equal((await send(token)).status, 200)
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
})

test('a token with any flaw is refused and ends nothing', async () => {
  const browser = await signedIn()
  const now = Math.floor(Date.now() / 1000)
  const { sign } = running.service
  const right = await sign(claims())
  const flawed = {
    'another issuer': await sign(claims({ iss: 'https://evil.example' })),
    'another audience': await sign(claims({ aud: 'payroll' })),
    'an ID token': await sign(claims(), 'JWT'),
    'no event': await sign(claims({ events: undefined })),
    'another event': await sign(claims({ events: { 'https://example.com/other': {} } })),
    'an event that is no object': await sign(claims({ events: { ...events, [Object.keys(events)[0] ?? '']: true } })),
    'nobody named': await sign(claims({ sub: undefined })),
    'a nonce': await sign(claims({ nonce: 'n' })),
    old: await sign(claims({ iat: now - 600 })),
    'from the future': await sign(claims({ iat: now + 600, exp: now + 900 })),
    expired: await sign(claims({ exp: now - 60 })),
    'no time': await sign(claims({ iat: undefined })),
    'no end': await sign(claims({ exp: undefined })),
    'no id': await sign(claims({ jti: undefined })),
    'another signature': `${right.slice(0, -8)}AAAAAAAA`,
    unsigned: `${Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url')}.${right.split('.')[1]}.`,
    rubbish: 'x',
  }
  for (const [flaw, token] of Object.entries(flawed)) {
    const answer = await send(token)
    assert.equal(answer.status, 400, flaw)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  assert.deepEqual(await whoAmI(browser, running.ledger), marie)
  assert.equal((await send(right)).status, 200)
  assert.deepEqual(await whoAmI(browser, running.ledger), nobody)
})
