import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../src/platform/clock.ts'
import { setUpApp } from '../../src/testing/apps.ts'
import { MOBILE, setUpContact } from '../../src/testing/contacts.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, makePublicParty, post, refreshRaw, tokensFor } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger', {
  backchannelLogoutUri: 'http://127.0.0.1:9/',
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
})
const payroll = await makeParty(service, 'payroll')
const third = await makeParty(service, 'third', { thirdParty: true })
const spa = await makePublicParty(service, 'spa')
await tokensFor(browserOf(service), ledger, maya)
await tokensFor(browserOf(service), spa, maya)
/**
 * Counts the statements of some work, in a process that has served the products in the last five seconds; says them where they
 * are too many.
 */
async function costs(name: string, most: number, work: () => Promise<unknown>): Promise<void> {
  for (const { id } of [ledger, payroll, third, spa]) await service.catalogue.find(id)
  const statements = await service.statementsOf(work)
  console.log(`${name}: ${statements.length} (at most ${most})`)
  if (process.env.SHOW_STATEMENTS)
    console.log(statements.map((it) => `    ${it.replaceAll(/\s+/g, ' ').slice(0, 150)}`).join('\n'))
  assert.ok(
    statements.length <= most,
    `${name}: ${statements.length} statements, ${most} at most\n${statements.join('\n')}`,
  )
}

suite('what it costs, in statements, begin and commit included (design, section 5)', () => {
  test('a sign-in with password, from authorize to tokens', async () => {
    await costs('sign-in with password', 30, () => tokensFor(browserOf(service), ledger, maya))
  })

  test('the second step adds eight', async () => {
    const nadia = await makePerson(service, 'nadia@example.com')
    const setUp = browserOf(service)
    await setUp.open('/sign-in')
    await signIn(setUp, nadia)
    const { app } = await setUpApp(setUp, service.clock)
    service.clock.advance(seconds(30))
    const code = app.code()
    await costs('sign-in with password and a code', 30 + 8, async () => {
      const browser = browserOf(service)
      const asked = await ledger.ask()
      await browser.open(asked.url.href)
      await signIn(browser, nadia)
      await ledger.redeem(asked, (await browser.send({ code })).at)
    })
    await costs('ways to sign in', 4, () => setUp.open('/account/factors'))
  })

  test('a code by text is counted by person, number, network and block, twice: when it goes and when it comes', async () => {
    const omar = await makePerson(service, 'omar@example.com')
    const setUp = browserOf(service)
    await setUp.open('/sign-in')
    await signIn(setUp, omar)
    await setUpContact(service, setUp, 'text', MOBILE)
    const browser = browserOf(service)
    const asked = await ledger.ask()
    await browser.open(asked.url.href)
    await signIn(browser, omar)
    await costs('a text, asked for, and the page', 11, () => browser.send({}, { button: 'Send another code' }))
    await service.post()
    const { code } = service.box.newestText(MOBILE)
    await costs('a text, typed', 16, () => browser.send({ code: code ?? '' }, { follow: false }))
  })

  test('a page before sign-in', async () => {
    const browser = browserOf(service)
    await browser.open((await ledger.ask()).url.href)
    const { at } = browser.page
    await costs('sign-in page of a journey', 3, () => browser.open(at))
    await costs('sign-in page', 3, () => browser.open('/sign-in'))
    await costs('sign-up page of a journey', 3, () => browser.open(at.replace('/sign-in', '/sign-up')))
    await costs('forgotten password', 3, () => browser.open(at.replace('/sign-in', '/forgot')))
  })

  test('a page of account management', async () => {
    const browser = browserOf(service)
    await tokensFor(browser, ledger, maya)
    await browser.open('/account')
    await costs('first page of account management', 3, () => browser.open('/account'))
    await costs('profile', 2, () => browser.open('/account/profile'))
    await costs('sessions and browsers', 5, () => browser.open('/account/sessions'))
    await costs('products', 3, () => browser.open('/account/products'))
    service.clock.advance(minutes(2))
    await costs('profile, some minutes later', 3, () => browser.open('/account/profile'))
    await costs('saving the profile, and the page that says so', 10, () =>
      browser.send({ 'first-name': 'Eva' }, { button: 'Save' }),
    )
  })

  test('the first page of a product’s request', async () => {
    const { url } = await ledger.ask()
    await costs('authorize, to the sign-in page', 5, () => browserOf(service).open(url.href))
  })

  test('a silent sign-in', async () => {
    const browser = browserOf(service)
    await tokensFor(browser, ledger, maya)
    const first = await payroll.ask({ prompt: 'none' })
    await costs('silent sign-in, first at this product', 8, () => browser.open(first.url.href))
    const again = await ledger.ask({ prompt: 'none' })
    await costs('silent sign-in', 8, () => browser.open(again.url.href))
    service.clock.advance(minutes(2))
    const later = await ledger.ask({ prompt: 'none' })
    await costs('silent sign-in, some minutes later', 8, () => browser.open(later.url.href))
  })

  test('a refresh', async () => {
    const confidential = await tokensFor(browserOf(service), ledger, maya)
    await costs('refresh', 8, () => refreshRaw(service, ledger, confidential.refresh_token ?? ''))
    const rotated = await tokensFor(browserOf(service), spa, maya)
    await costs('refresh with rotation', 8, () => refreshRaw(service, spa, rotated.refresh_token ?? ''))
    service.clock.advance(seconds(6))
    await costs('refresh, the product not at hand', 8, () =>
      refreshRaw(service, ledger, confidential.refresh_token ?? ''),
    )
  })

  test('a sign-in at somebody else’s product, with the question', async () => {
    const browser = browserOf(service)
    const { url } = await third.ask()
    await costs('sign-in with consent', 44, async () => {
      await browser.open(url.href)
      await signIn(browser, maya)
      await browser.send({})
    })
  })

  test('what machines ask', async () => {
    const { access_token: token } = await tokensFor(browserOf(service), ledger, maya)
    const proof = { client_id: 'ledger', client_secret: ledger.secret ?? '' }
    await costs('client credentials', 2, () =>
      post(service, '/oidc/token', { ...proof, grant_type: 'client_credentials' }),
    )
    await costs('introspection', 6, () => post(service, '/oidc/introspect', { ...proof, token }))
    await costs('userinfo', 5, () =>
      fetch(`${service.base}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } }),
    )
    await costs('discovery', 0, () => fetch(`${service.base}/.well-known/openid-configuration`))
    await costs('key set', 0, () => fetch(`${service.base}/oidc/jwks`))
  })
})
