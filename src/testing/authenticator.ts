/** An authenticator made of nothing but a key (WebAuthn Level 3, section 6): ES256, no attestation. It also forges. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { at as pathOf } from '../urls.ts'
import type { Browser, Visit } from './browser.ts'

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: string | Buffer): string => Buffer.from(data).toString('base64url')

const PRESENT = 1
const VERIFIED = 4
const WITH_KEY = 64

/** What a page asks of it: the options, and the challenge as it is sealed. */
export type Asked = { options: { challenge: string; user?: { id: string } }; asked: string }

export function askedOn({ page }: Browser): Asked {
  const ask = /data-ask="([^"]*)"/.exec(page.html)?.[1]?.replaceAll('&quot;', '"') ?? ''
  const asked = /name="asked" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  return { options: JSON.parse(ask), asked }
}

/** What may be other than it should be. */
export type Forgery = {
  challenge?: string
  origin?: string
  type?: string
  rpId?: string
  flags?: number
  count?: number
  id?: string
  key?: KeyObject
  /** Of the finished answer. */
  spoil?(answer: Answer): void
}
export type Answer = {
  id: string
  rawId: string
  type: string
  clientExtensionResults: object
  response: Record<string, string>
}

export type Authenticator = ReturnType<typeof makeAuthenticator>

export function makeAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = base64url(randomBytes(32))
  let count = 0
  const clientData = (type: string, { options }: Asked, forged: Forgery): string =>
    base64url(
      JSON.stringify({
        type: forged.type ?? type,
        challenge: forged.challenge ?? options.challenge,
        origin: forged.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authenticatorData = (forged: Forgery, more = 0, rest = Buffer.alloc(0)): Buffer => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(forged.count ?? count)
    const flags = Buffer.from([(forged.flags ?? PRESENT | VERIFIED) | more])
    return Buffer.concat([sha256(forged.rpId ?? new URL(origin).hostname), flags, counter, rest])
  }
  const finish = (response: Record<string, string>, forged: Forgery): string => {
    const name = forged.id ?? id
    const answer: Answer = { id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response }
    forged.spoil?.(answer)
    return JSON.stringify(answer)
  }
  return {
    id,
    key: privateKey,
    /** Makes a credential: the answer of `navigator.credentials.create`. */
    create(asked: Asked, forged: Forgery = {}): string {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const coseKey = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const rawId = Buffer.from(forged.id ?? id, 'base64url')
      const length = Buffer.alloc(2)
      length.writeUInt16BE(rawId.length)
      const data = authenticatorData(forged, WITH_KEY, Buffer.concat([Buffer.alloc(16), length, rawId, coseKey]))
      const head = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex')
      const attestationObject = base64url(Buffer.concat([head, Buffer.from([data.length]), data]))
      return finish({ clientDataJSON: clientData('webauthn.create', asked, forged), attestationObject }, forged)
    },
    /** Proves it: the answer of `navigator.credentials.get`. */
    prove(asked: Asked, forged: Forgery = {}): string {
      count++
      const clientDataJSON = clientData('webauthn.get', asked, forged)
      const data = authenticatorData(forged)
      const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
      const signature = base64url(sign('sha256', signed, forged.key ?? privateKey))
      return finish({ clientDataJSON, authenticatorData: base64url(data), signature }, forged)
    },
  }
}

/** Sends an answer as the page's script would. */
export const bring = (browser: Browser, path: string, { asked }: Pick<Asked, 'asked'>, answer: string) => {
  const csrf = /name="csrf" value="([^"]*)"/.exec(browser.page.html)?.[1] ?? ''
  return browser.request(pathOf(path), {
    method: 'POST',
    body: new URLSearchParams({ csrf, here: '/', asked, answer }),
    headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
  })
}

/** Makes a passkey for whoever is signed in lately. */
export async function setUpPasskey(browser: Browser, origin: string): Promise<Authenticator> {
  const device = makeAuthenticator(origin)
  await browser.open('/account/factors/passkey')
  const asked = askedOn(browser)
  await browser.open((await bring(browser, browser.page.at, asked, device.create(asked))).headers.get('location') ?? '')
  return device
}

/** Uses it at the second step, and goes where that leads. */
export async function stepByPasskey(browser: Browser, device: Authenticator): Promise<Visit> {
  const asked = askedOn(browser)
  const answer = await bring(browser, browser.page.at, asked, device.prove(asked))
  return browser.open(answer.headers.get('location') ?? '')
}
