/** X1: what is no field and no parameter: headers behind a proxy, our cookies, tokens, bodies, and what an authenticator says. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cookieNames } from '../../src/platform/web/cookies.ts'
import { type Answer, askedOn, bring, makeAuthenticator } from '../../src/testing/authenticator.ts'
import { formsOf } from '../../src/testing/browser.ts'
import { nastyTexts, type Sent, wrongWith } from '../../src/testing/nasty.ts'
import { asksForPasskey } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'
import { makePublicParty, provesItself } from '../protocol/party.ts'

const service = await testService({
  PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1',
  PASSERELLE_NETWORK_REQUESTS: '100000',
  PASSERELLE_CHALLENGE_NETWORK: '100000',
})
const spa = await makePublicParty(service, 'spa')
const browser = service.browser()
await browser.open('/sign-in')
const csrf = formsOf(browser.page.html).find(({ hidden }) => hidden.csrf)?.hidden.csrf ?? ''

/** The head of a request may have 16 KiB. */
const inAHead: [kind: string, text: string][] = [
  ...nastyTexts(11_000),
  ['hops that are trusted', '127.0.0.1, '.repeat(1_000)],
  ['hops of IPv6', '::1,'.repeat(2_700)],
  ['hops that are written as IPv6', '::ffff:1.2.3.4,'.repeat(700)],
  ['elements of Forwarded', 'for="[::1]",'.repeat(900)],
  ['pairs of Forwarded', `${'a=b;'.repeat(2_700)}for=1`],
  ['a string that is never closed', `for="${'\\"'.repeat(5_400)}`],
  ['cookies', 'a=b; '.repeat(2_200)],
  ['a huge number', `1e${'9'.repeat(10_000)}`],
  ['ranges', `bytes=${'0-1,'.repeat(2_700)}`],
]
const latin = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replace(/[\r\n]/g, '')
const json = (text: string): string => Buffer.from(text).toString('base64url')

suite('X1: no request holds the thread that serves all, whatever else it is made of', () => {
  test('a header, behind a proxy that is trusted', async () => {
    const names =
      'x-forwarded-for forwarded x-forwarded-host content-type accept-encoding referer if-none-match range via'
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [kind, text] of inAHead)
        for (const name of names.split(' '))
          for (const path of ['/sign-in', '/oidc/userinfo'])
            yield [`${kind} in ${name}`, () => browser.request(path, { headers: { [name]: latin(text) } })]
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('a cookie of ours', async () => {
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [kind, text] of inAHead)
        for (const name of [...Object.values(cookieNames(service.origin)), '_interaction', '_session'])
          for (const path of ['/sign-in', '/account', '/oidc/end_session']) {
            const headers = { cookie: `${name}=${latin(text).replaceAll(';', ',')}` }
            yield [`${kind} in ${name} at ${path}`, () => browser.request(path, { headers })]
          }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('a token', async () => {
    const heads = {
      arrays: '['.repeat(4_000) + ']'.repeat(4_000),
      objects: `${'{"a":'.repeat(1_300)}1${'}'.repeat(1_300)}`,
      'critical members': JSON.stringify({ alg: 'ES256', typ: 'dpop+jwt', crit: Array(1_500).fill('b64') }),
      'a huge RSA key': JSON.stringify({
        alg: 'RS256',
        typ: 'dpop+jwt',
        jwk: { kty: 'RSA', e: 'AQAB', n: 'f'.repeat(7_000) },
      }),
      'a huge exponent': JSON.stringify({ alg: 'RS256', jwk: { kty: 'RSA', e: 'f'.repeat(500), n: 'f'.repeat(512) } }),
      'many rounds': JSON.stringify({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 2_147_483_647, p2s: 'AAAA' }),
    }
    const code = { ...provesItself(spa), grant_type: 'authorization_code', code: 'x', redirect_uri: spa.redirectUri }
    const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(service.base + path, { method: 'POST', body: new URLSearchParams(fields), headers })
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [kind, head] of Object.entries(heads))
        for (const token of [`${json(head)}.${json('{}')}.AAAA`, `${json(head)}.A.AAAA.A.AAAA`]) {
          for (const scheme of ['Bearer', 'DPoP', 'Basic'])
            yield [
              `${kind}: ${scheme}`,
              () => browser.request('/oidc/userinfo', { headers: { authorization: `${scheme} ${token}` } }),
            ]
          yield [`${kind}: proof`, () => form('/oidc/token', code, { dpop: token })]
          yield [`${kind}: revoked`, () => form('/oidc/revoke', { ...provesItself(spa), token })]
          yield [`${kind}: of a client`, () => form('/oidc/token', { ...code, client_assertion: token })]
          for (const name of ['id_token_hint', 'request', 'claims', 'acr_values']) {
            const { url } = await spa.ask({ [name]: token })
            yield [`${kind}: ${name}`, () => browser.request(url.pathname + url.search)]
          }
        }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('a body', async () => {
    const FORM = 'application/x-www-form-urlencoded'
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    const bodies: [what: string, type: string, body: string][] = [
      ['many fields', FORM, `csrf=${csrf}&${'a&'.repeat(30_000)}`],
      ['many of one name', FORM, `csrf=${csrf}&${'email=a&'.repeat(7_000)}`],
      ['nothing but ampersands', FORM, '&'.repeat(60_000)],
      ['names in names', FORM, `csrf=${csrf}&a${'[a]'.repeat(20_000)}=1`],
      ['parts', 'multipart/form-data; boundary=x', `${part.repeat(1_000)}--x--`],
      ['parts without an end', `multipart/form-data; boundary=${'x'.repeat(70)}`, '-'.repeat(60_000)],
      ['arrays', 'application/json', '['.repeat(60_000)],
      ['objects', 'application/json', `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`],
      ['digits', 'application/json', '1'.repeat(60_000)],
      ['elements', 'text/xml', '<a>'.repeat(20_000)],
    ]
    const paths =
      '/sign-in /sign-up /forgot /sign-in/passkey /language /device /oidc/token /oidc/par /oidc/device-authorization'
    const more =
      '/oidc/introspect /oidc/revoke /oidc/authorize /oidc/end_session /oidc/userinfo /api/v1/accounts /not-there'
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [what, type, body] of bodies)
        for (const path of `${paths} ${more}`.split(' ')) {
          const headers = { 'sec-fetch-site': 'same-origin', 'content-type': type }
          yield [`${what} to ${path}`, () => browser.request(path, { method: 'POST', headers, body })]
        }
    }
    assert.deepEqual(await wrongWith(requests()), [])
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': FORM }
    const refused = await browser.request('/sign-in', {
      method: 'POST',
      headers,
      body: `csrf=${csrf}&${'a&'.repeat(200)}`,
    })
    assert.equal(refused.status, 413, 'no form of ours has so many fields')
  })

  test('what an authenticator says (CBOR, COSE, ASN.1)', async () => {
    const page = await asksForPasskey(service, 'passkey@exemple.ca')
    const device = makeAuthenticator(service.origin)
    const times = (hex: string, count: number): Buffer => Buffer.from(hex.repeat(count), 'hex')
    const attestations = {
      arrays: times('81', 13_500),
      maps: times('a100', 6_700),
      tags: times('c1', 13_500),
      'an array of 2^64': Buffer.concat([times('9bffffffffffffffff', 1), times('00', 13_000)]),
      'an array of 2^31': times('9a7fffffff', 1),
      'arrays without an end': times('9f', 13_500),
      pieces: Buffer.concat([times('5f', 1), times('4100', 6_700), times('ff', 1)]),
      'a certificate that is ASN.1 in ASN.1': Buffer.concat([
        Buffer.from('a363666d74667061636b65646761747453746d74a263616c672663783563815930d4', 'hex'),
        times('3080', 6_250),
      ]),
    }
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [kind, bytes] of Object.entries(attestations)) {
        const spoil = ({ response }: { response: Record<string, string> }) => {
          response.attestationObject = bytes.toString('base64url')
        }
        const asked = askedOn(page)
        yield [kind, () => bring(page, page.page.at, asked, device.create(asked, { spoil }))]
      }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('X5: a key or a name of a passkey that no authenticator makes is not kept', async () => {
    const page = await asksForPasskey(service, 'large@exemple.ca')
    const device = makeAuthenticator(service.origin)
    const made = (name: Buffer, key: Buffer) => (answer: Answer) => {
      const whole = Buffer.from(answer.response.attestationObject ?? '', 'base64url')
      const size = Buffer.alloc(2)
      size.writeUInt16BE(name.length)
      const data = Buffer.concat([whole.subarray(30, 30 + 53), size, name, key])
      const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex')
      const length = Buffer.alloc(2)
      length.writeUInt16BE(data.length)
      answer.response.attestationObject = Buffer.concat([head, length, data]).toString('base64url')
      answer.id = name.toString('base64url')
      answer.rawId = answer.id
    }
    const rsa = (bytes: number) => {
      const size = bytes.toString(16).padStart(4, '0')
      return Buffer.concat([
        Buffer.from(`a40103033901002059${size}`, 'hex'),
        Buffer.alloc(bytes, 255),
        Buffer.from('2143010001', 'hex'),
      ])
    }
    const keep = async (name: number, key: number) => {
      const asked = askedOn(page)
      const spoil = made(Buffer.alloc(name, 7), rsa(key))
      return (await bring(page, page.page.at, asked, device.create(asked, { spoil }))).status
    }
    assert.equal(await keep(64, 9_000), 422)
    assert.equal(await keep(9_000, 256), 422)
    assert.equal(await keep(1_023, 512), 303)
  })
})
