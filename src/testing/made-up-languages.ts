/** What languages/one-language-more.test.ts runs where `tlh`, `tlh-NO` and 79 others are among the languages. Texts of `tlh` are in ⟦⟧. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { letterSamples, messageSamples, pageSamples } from '../../dev/gallery/samples.ts'
import { sampleProducts } from '../../dev/products/products.ts'
import { startProduct } from '../../dev/products/start-product.ts'
import { lineSchema } from '../operator/transfer/rules.ts'
import { numberShown, parseNumber, regionOf } from '../platform/phone/number.ts'
import { openPhoneServer, sampleText } from '../platform/phone/testing/twilio-server.ts'
import { makeTwilio } from '../platform/phone/twilio.ts'
import { renderPage } from '../ui/layout.tsx'
import { branded } from '../ui/letter/writer.ts'
import { sampleFrame } from '../ui/samples.tsx'
import { urls } from '../urls.ts'
import { formsOf, makeBrowser } from './browser.ts'
import { PASSWORD } from './people.ts'
import { testService } from './world.ts'

const service = await testService()
const language = 'tlh'
const IN_BRACKETS = /<html lang="tlh" dir="rtl">.*⟦/s

test('products and operators hear of them', async () => {
  const { html } = await service.browser().open('/.well-known/openid-configuration')
  const codes: string[] = JSON.parse(html).ui_locales_supported
  assert.deepEqual([codes.length, codes[0], codes.at(-1)], [84, 'en', 'tlh'])
  assert.equal(lineSchema.parse({ email: 'a@b.ca', first_name: 'A', last_name: 'B', language }).language, language)
})

test('every page, letter and text is said in one', () => {
  for (const { make, slice, name } of pageSamples.filter((sample) => sample.slice !== 'ui')) {
    const html = renderPage(make({ ...sampleFrame, language }))
    assert.match(html, IN_BRACKETS, slice)
    assert.match(html, /<footer.*formaction="\/language"[^>]*>tlhIngan Hol<\/button>/, `${slice}: ${name}`)
    if (slice !== 'sign-in/choose-language')
      assert.doesNotMatch(html, /name="language"/, 'the list is a page of its own')
  }
  for (const { make, slice } of letterSamples.filter((sample) => sample.slice !== 'ui')) {
    const { subject, html } = branded(make(language), sampleFrame.brand, language)
    assert.match(subject + html, /⟦.*<html lang="tlh".*<div lang="tlh" dir="rtl">.*⟦/s, slice)
  }
  for (const { make, slice } of messageSamples) assert.match(make(language), /⟦/, slice)
})

test('a person chooses one on the page of all, signs up, and is written to in it', async () => {
  const browser = service.browser()
  await browser.open('/sign-up')
  assert.match(browser.page.html, /form="form" formaction="\/language" formnovalidate="">English<\/button>/)
  const { headers } = await browser.request(urls.language, {
    method: 'POST',
    body: new URLSearchParams({ ...formsOf(browser.page.html)[0]?.hidden, 'first-name': 'Worf' }),
    headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
  })
  await browser.open(headers.get('location') ?? '')
  assert.equal(browser.page.html.match(/name="language"/g)?.length, 84)
  assert.match(browser.page.html, /<button [^>]*value="tlh" lang="tlh" dir="rtl"[^>]*>tlhIngan Hol</)
  await browser.send({ language })
  assert.match(browser.page.html, IN_BRACKETS)
  assert.match(browser.page.html, /name="first-name"[^>]* value="Worf"/)
  await browser.send({ email: 'worf@exemple.ca', 'first-name': 'Worf', 'last-name': 'Rozhenko', password: PASSWORD })
  await service.post()
  const letter = service.box.newest('worf@exemple.ca')
  assert.match(`${letter.language} ${letter.subject}`, /^tlh ⟦/)
  await browser.send({ code: letter.code ?? '' })
  await browser.open('/account/profile')
  assert.match(browser.page.html, /<option value="tlh" selected="">tlhIngan Hol</)
})

test('a variant says what it says itself, and the rest as the language does', async () => {
  const browser = makeBrowser(service.origin, service.base, { 'accept-language': 'tlh-NO' })
  const { html } = await browser.open('/sign-in')
  assert.match(html, /<html lang="tlh-NO" dir="rtl">.*<h1>⟦Bare⟧<\/h1>.*⟦Mot de passe⟧.*>tlhIngan \(NO\)<\/button>/s)
})

test('numbers are of its country, and its voice reads codes out', async (t) => {
  assert.deepEqual([regionOf('tlh'), regionOf('tlh-NO')], ['IS', 'NO'])
  const parsed = parseNumber('611 1234', regionOf('tlh'))
  assert.ok(parsed.ok)
  assert.equal(numberShown(parsed.number, 'tlh'), '611 1234')
  assert.equal(numberShown(parsed.number, 'tlh-NO'), '+354 611 1234')
  const server = await openPhoneServer(t)
  await makeTwilio(new URL(server.url)).send({ ...sampleText, channel: 'voice', language })
  assert.match(server.received[0]?.form.Twiml ?? '', /<Say language="is-IS"/)
})

test('what is said without a page is said in it too', async () => {
  const socket = connect(Number(new URL(service.base).port), '127.0.0.1', () => socket.write('hello\r\n\r\n'))
  const page = await text(socket)
  assert.match(page, /<section lang="tlh" dir="rtl"><h1>⟦Cette demande est illisible⟧</)
  assert.doesNotMatch(page, /lang="tlh-/)
})

test('the sample products speak it', async () => {
  const [ledger] = sampleProducts()
  const at = { issuer: service.origin, port: 0, clientId: 'ledger', clientSecret: 'a secret' }
  const product = await startProduct({ ...ledger, ...at })
  after(() => product.close())
  const headers = { 'accept-language': language }
  const html = await (await fetch(product.url, { headers })).text()
  assert.match(html, /<html lang="tlh" dir="rtl">.*⟦Vos livres, toujours en équilibre⟧.*⟦Se connecter⟧.*tlhIngan Hol/s)
})
