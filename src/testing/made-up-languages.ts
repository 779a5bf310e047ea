/** What languages/one-language-more.test.ts runs where `qtz`, `qtz-NO` and many variants are among the languages. Texts of `qtz` are in ⟦⟧. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { letterSamples, messageSamples, pageSamples } from '../../dev/gallery/samples.ts'
import { sampleProducts } from '../../dev/products/products.ts'
import { startProduct } from '../../dev/products/start-product.ts'
import { lineSchema } from '../operator/transfer/rules.ts'
import { languages } from '../platform/languages/languages.ts'
import { packageRoot } from '../platform/package-root.ts'
import { numberShown, parseNumber, regionOf } from '../platform/phone/number.ts'
import { openPhoneServer, sampleText } from '../platform/phone/testing/twilio-server.ts'
import { makeTwilio } from '../platform/phone/twilio.ts'
import { sampleFrame } from '../ui/layout/sample-frame.ts'
import { renderPage } from '../ui/layout.tsx'
import { branded } from '../ui/letter/writer.ts'
import { urls } from '../urls.ts'
import { formsOf, makeBrowser } from './browser.ts'
import { PASSWORD } from './people.ts'
import { testService } from './world.ts'

const service = await testService()
const language = 'qtz'
const files = readdirSync(join(packageRoot, 'locales'))
const IN_BRACKETS = /<html lang="qtz" dir="rtl">.*⟦/s

test('products and operators hear of them', async () => {
  const { html } = await service.browser().open('/.well-known/openid-configuration')
  const codes: string[] = JSON.parse(html).ui_locales_supported
  assert.deepEqual(codes.toSorted(), files.map((file) => file.replace('.json', '')).toSorted())
  assert.equal(lineSchema.parse({ email: 'a@b.ca', first_name: 'A', last_name: 'B', language }).language, language)
})

test('every page, letter and text is said in one', () => {
  for (const { make, slice, name } of pageSamples.filter((sample) => sample.slice !== 'ui')) {
    const html = renderPage(make({ ...sampleFrame, language, languages }))
    assert.match(html, IN_BRACKETS, slice)
    assert.match(html, /<footer.*formaction="\/language"[^>]*>tlhIngan Hol<\/button>/, `${slice}: ${name}`)
    if (slice !== 'sign-in/choose-language')
      assert.doesNotMatch(html, /name="language"/, 'the list is a page of its own')
  }
  for (const { make, slice } of letterSamples.filter((sample) => sample.slice !== 'ui')) {
    const { subject, html } = branded(make(language), sampleFrame.brand, language)
    assert.match(subject + html, /⟦.*<html lang="qtz".*<div lang="qtz" dir="rtl">.*⟦/s, slice)
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
  assert.equal(browser.page.html.match(/name="language"/g)?.length, files.length)
  assert.match(browser.page.html, /<button [^>]*value="qtz" lang="qtz" dir="rtl"[^>]*>tlhIngan Hol</)
  await browser.send({ language })
  assert.match(browser.page.html, IN_BRACKETS)
  assert.match(browser.page.html, /name="first-name"[^>]* value="Worf"/)
  await browser.send({ email: 'worf@exemple.ca', 'first-name': 'Worf', 'last-name': 'Rozhenko', password: PASSWORD })
  await service.post()
  const letter = service.box.newest('worf@exemple.ca')
  assert.match(`${letter.language} ${letter.subject}`, /^qtz ⟦/)
  await browser.send({ code: letter.code ?? '' })
  await browser.open('/account/profile')
  assert.match(browser.page.html, /<option value="qtz" selected="">tlhIngan Hol</)
})

test('a variant says what it says itself, and the rest as the language does', async () => {
  const browser = makeBrowser(service.origin, service.base, { 'accept-language': 'qtz-NO' })
  const { html } = await browser.open('/sign-in')
  assert.match(html, /<html lang="qtz-NO" dir="rtl">.*<h1>⟦Bare⟧<\/h1>.*⟦Mot de passe⟧.*>tlhIngan \(NO\)<\/button>/s)
})

test('numbers are of its country, and its voice reads codes out', async (t) => {
  assert.deepEqual([regionOf('qtz'), regionOf('qtz-NO')], ['IS', 'NO'])
  const parsed = parseNumber('611 1234', regionOf('qtz'))
  assert.ok(parsed.ok)
  assert.equal(numberShown(parsed.number, 'qtz'), '611 1234')
  assert.equal(numberShown(parsed.number, 'qtz-NO'), '+354 611 1234')
  const server = await openPhoneServer(t)
  await makeTwilio(new URL(server.url)).send({ ...sampleText, channel: 'voice', language })
  assert.match(server.received[0]?.form.Twiml ?? '', /<Say language="is-IS"/)
})

test('what is said without a page is said in it too', async () => {
  const socket = connect(Number(new URL(service.base).port), '127.0.0.1', () => socket.write('hello\r\n\r\n'))
  const page = await text(socket)
  assert.match(page, /<section lang="qtz" dir="rtl"><h1>⟦Cette demande est illisible⟧</)
  assert.doesNotMatch(page, /lang="qtz-/)
})

test('the sample products speak it', async () => {
  const [ledger] = sampleProducts()
  const at = { issuer: service.origin, port: 0, clientId: 'ledger', clientSecret: 'a secret' }
  const product = await startProduct({ ...ledger, ...at })
  after(() => product.close())
  const headers = { 'accept-language': language }
  const html = await (await fetch(product.url, { headers })).text()
  assert.match(html, /<html lang="qtz" dir="rtl">.*⟦Vos livres, toujours en équilibre⟧.*⟦Se connecter⟧.*tlhIngan Hol/s)
})
