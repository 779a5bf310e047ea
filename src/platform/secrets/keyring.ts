/**
 * The master keys, and what is made with them. The first one is current; the others are former ones that
 * still open what they sealed. Each use has a key of its own (HKDF, RFC 5869), so that a value made for one
 * purpose means nothing to another.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import type { Random } from '../random.ts'

export type Pepper = { id: string; key: Buffer }
/** `key`: which master key signed. */
export type Signature = { key: string; signature: string }

export type Keyring = {
  /** AES-256-GCM (NIST SP 800-38D) under the current key; `context` is authenticated with it: `purpose:row`. */
  seal(plain: string, context: string): string
  /** @throws {CannotOpen} when no key fits, the context is another, or the text was changed */
  open(sealed: string, context: string): string
  /** A keyed mark of a short secret: HMAC-SHA-256 under the current key, 43 characters. */
  mark(value: string, purpose: string): string
  /** Whether `mark` was made from `value` under any key of the ring; takes the same time whatever the answer. */
  fits(value: string, purpose: string, mark: string): boolean
  /** Ed25519 (RFC 8032) with a key derived from the current one, for what leaves the database. */
  sign(value: string, purpose: string): Signature
  /** Whether a key of the ring signed exactly this. */
  hasSigned(value: string, purpose: string, by: Signature): boolean
  /** The secret input of Argon2 (RFC 9106, section 3.1, K): the current one, or the one that `id` names. */
  pepper(id?: string): Pepper
}

export class CannotOpen extends Error {}

/** The mark of a secret that nobody can guess (128 bits and more): its SHA-256, 43 characters. */
export const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

const derive = (master: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', master, 'passerelle', use, 32))

const idOf = (master: string): string => derive(master, 'key id').toString('hex').slice(0, 8)

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex') // RFC 8410, section 7: what precedes the seed

const signingKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })

export function makeKeyring(masters: readonly [string, ...string[]], random: Random): Keyring {
  const ring = masters.map((master) => {
    const keys = new Map<string, Buffer>()
    const key = (use: string): Buffer => {
      const known = keys.get(use) ?? derive(master, use)
      keys.set(use, known)
      return known
    }
    return { id: idOf(master), key }
  })
  const [current] = ring
  if (!current) throw new Error('a keyring needs a key')
  const markWith = (entry: typeof current, value: string, purpose: string) =>
    createHmac('sha256', entry.key(`mark ${purpose}`))
      .update(value)
      .digest()

  return {
    seal(plain, context) {
      const nonce = random.bytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.key('seal'), nonce).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${current.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`
    },
    open(sealed, context) {
      const [id, nonce, body] = sealed.split('.')
      const entry = ring.find((one) => one.id === id)
      const bytes = Buffer.from(body ?? '', 'base64url')
      if (!entry || !nonce || bytes.length < 16) throw new CannotOpen('no key of the ring opens this')
      try {
        const decipher = createDecipheriv('aes-256-gcm', entry.key('seal'), Buffer.from(nonce, 'base64url'))
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16))
        return decipher.update(bytes.subarray(0, -16)).toString('utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new CannotOpen('changed, or sealed for another place', { cause })
      }
    },
    mark: (value, purpose) => markWith(current, value, purpose).toString('base64url'),
    fits(value, purpose, mark) {
      const given = Buffer.from(mark, 'base64url')
      return ring.reduce((found, entry) => {
        const made = markWith(entry, value, purpose)
        return (given.length === made.length && timingSafeEqual(given, made)) || found
      }, false)
    },
    sign: (value, purpose) => ({
      key: current.id,
      signature: sign(null, Buffer.from(value), signingKey(current.key(`sign ${purpose}`))).toString('base64url'),
    }),
    hasSigned(value, purpose, { key, signature }) {
      const entry = ring.find((one) => one.id === key)
      if (!entry) return false
      const publicKey = createPublicKey(signingKey(entry.key(`sign ${purpose}`)))
      return verify(null, Buffer.from(value), publicKey, Buffer.from(signature, 'base64url'))
    },
    pepper(id = current.id) {
      const entry = ring.find((one) => one.id === id)
      if (!entry) throw new CannotOpen(`a password needs the master key ${id}, which is not in the ring`)
      return { id, key: entry.key('pepper') }
    },
  }
}
