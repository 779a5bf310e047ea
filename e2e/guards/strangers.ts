/** What strangers do, who have proved nothing: for the bounds of what they leave behind (kept.test.ts, bench/strangers.ts). */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Browser } from '../../src/testing/browser.ts'
import type { TestService } from '../../src/testing/world.ts'
import { browserOf, type Party, post, provesItself } from '../protocol/party.ts'

/** As a stranger at that address, whom the proxy names. */
const from = (address: string) => ({ 'x-forwarded-for': address })

const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwk = await exportJWK(publicKey)
const proofFor = (service: TestService, path: string) =>
  new SignJWT({ jti: crypto.randomUUID(), htm: 'POST', htu: service.origin + path })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt()
    .sign(privateKey)

/** Pushes a request, with a proof of DPoP. */
export async function push(service: TestService, party: Party, address: string, more: Record<string, string> = {}) {
  const { url } = await party.ask(more)
  const params = Object.fromEntries(url.searchParams)
  const headers = { ...from(address), dpop: await proofFor(service, '/oidc/par') }
  return post(service, '/oidc/par', { ...params, ...provesItself(party) }, headers)
}

/** Each for a public product, at the address of a stranger and with an e-mail address nobody has; what is said is as long as `most` allows. */
export function deedsOf(service: TestService, spa: Party, most?: { request: number; device: number; name: number }) {
  let count = 0
  const longer = (length: number) => randomBytes(length).toString('base64url').slice(0, length)
  const nobody = () => `nobody${++count}${most ? longer(46) : ''}@exemple.ca`
  const more = () => (most ? { state: longer(most.request) } : undefined)
  const at = (address: string): Browser => browserOf(service, from(address))
  const fill = async (browser: Browser, path: string, typed: Record<string, string>) => {
    await browser.open(path)
    return browser.send(typed)
  }
  return {
    'a request of a product': async (address: string) => at(address).open((await spa.ask(more())).url.href),
    'a pushed request': (address: string) => push(service, spa, address, more()),
    'the code of a device': (address: string) =>
      post(
        service,
        '/oidc/device-authorization',
        { ...provesItself(spa), scope: 'openid', ...(most && { nonce: longer(most.device) }) },
        { ...from(address), 'user-agent': most ? longer(most.request) : 'a device' },
      ),
    'a wrong code of a device': (address: string) => fill(at(address), '/device', { user_code: 'BCDF-GHJK' }),
    'a token for a wrong code': async (address: string) => {
      const wrong = { grant_type: 'authorization_code', code: 'x', redirect_uri: spa.redirectUri }
      const headers = { ...from(address), dpop: await proofFor(service, '/oidc/token') }
      return post(service, '/oidc/token', { ...provesItself(spa), ...wrong }, headers)
    },
    'a sign-in': (address: string) => fill(at(address), '/sign-in', { email: nobody(), password: 'trois mots faux' }),
    'a reset': (address: string) => fill(at(address), '/forgot', { email: nobody() }),
    'a sign-up': (address: string) => {
      const names = { 'first-name': `M${longer(most?.name ?? 0)}`, 'last-name': `T${longer(most?.name ?? 0)}` }
      return fill(at(address), '/sign-up', { ...names, password: 'trois mots ici', email: nobody() })
    },
    'a link that is none': async (address: string) => {
      for (const path of ['/reset', '/not-me', '/undo', '/unblock', '/verify'])
        await at(address).open(`${path}?link=${'x'.repeat(43)}`)
    },
    'signing out': (address: string) => at(address).open('/oidc/end_session'),
  }
}
