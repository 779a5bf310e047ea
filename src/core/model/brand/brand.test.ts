/** The brand of a product stands on every page on the way to it and in what is sent there, and nowhere else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, minutes } from '../../../platform/clock.ts'
import { type Browser, makeBrowser } from '../../../testing/browser.ts'
import { MOBILE, setUpContact } from '../../../testing/contacts.ts'
import { PASSWORD, productRequest } from '../../../testing/people.ts'
import { serviceOf, testWorld } from '../../../testing/world.ts'
import type { ProductId } from '../product/product.ts'
import { makeBrandOf } from './brand.ts'

const OWN = 'Ledger by Acme'
const brandOf = makeBrandOf({ name: 'Passerelle' }, new Map([['ledger' as ProductId, { name: OWN }]]))
const service = await serviceOf({ ...(await testWorld({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })), brandOf })
const requests = { ledger: await productRequest(service), payroll: await productRequest(service, 'payroll') }
const MARIE = 'marie@exemple.ca'

const newest = () => service.box.newest(MARIE)
/** Which of the two brands a text names. */
const namedIn = (text: string) => [OWN, 'Passerelle'].filter((name) => text.includes(name))

test('who signs up on the way to a product meets its brand, and the brand of the service in the account', async () => {
  const browser = service.browser()
  assert.deepEqual(namedIn((await browser.open(requests.ledger)).html), [OWN])
  const { pathname, search } = new URL(browser.page.at, service.origin)
  assert.equal(pathname, '/sign-in')
  assert.deepEqual(namedIn((await browser.open(`/sign-up${search}`)).html), [OWN])
  await browser.send({ email: MARIE, 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD })
  assert.deepEqual(namedIn(browser.page.html), [OWN])
  await service.post()
  const { subject, html, text, code } = newest()
  assert.deepEqual([namedIn(subject + html), namedIn(text)], [[OWN], [OWN]])
  await browser.send({ code: code ?? '' })
  assert.deepEqual(namedIn((await browser.open('/account')).html), ['Passerelle'])
  assert.deepEqual(namedIn((await service.browser().open(requests.payroll)).html), ['Passerelle'])
})

const from = (network: string) => makeBrowser(service.origin, service.base, { 'x-forwarded-for': network })
/** Goes from a product to the page to sign in; answers the journey, as it stands in addresses. */
async function begin(browser: Browser, product: keyof typeof requests) {
  await browser.open(requests[product])
  return new URL(browser.page.at, service.origin).search
}

for (const [product, brand, network] of [
  ['ledger', OWN, '198.51.100.7'],
  ['payroll', 'Passerelle', '203.0.113.7'],
] as const)
  test(`what is sent on the way to ${product} names ${brand}: a link, the code of a doubted sign-in, a block`, async () => {
    service.clock.advance(days(2))
    const browser = from(network)
    const sent = async (template: string) => {
      await service.post()
      assert.deepEqual([newest().template, namedIn(newest().html)], [template, [brand]])
    }
    await browser.open(`/forgot${await begin(browser, product)}`)
    await browser.send({ email: MARIE })
    await sent('reset-link')

    await begin(browser, product)
    await browser.send({ email: MARIE, password: PASSWORD })
    await sent('confirm-sign-in')

    for (let n = 1; n <= 10; n++) {
      await begin(browser, product)
      await browser.send({ email: MARIE, password: 'trois mots faux' })
      service.clock.advance(minutes(20))
    }
    await sent('account-blocked')
  })

test('a text names the brand of the product that waits for its code', async () => {
  service.clock.advance(days(2))
  const owner = service.browser()
  await owner.open('/sign-in')
  await owner.send({ email: MARIE, password: PASSWORD })
  await setUpContact(service, owner, 'text', MOBILE)
  for (const [product, brand] of [
    ['ledger', OWN],
    ['payroll', 'Passerelle'],
  ] as const) {
    const browser = from('127.0.0.2')
    await begin(browser, product)
    await browser.send({ email: MARIE, password: PASSWORD })
    await service.post()
    assert.deepEqual(namedIn(service.box.newestText(MOBILE).text), [brand], browser.page.at)
  }
})
