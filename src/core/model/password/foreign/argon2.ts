/** Argon2id, Argon2i and Argon2d without a secret: PHC strings (RFC 9106). */
import { verify } from '@node-rs/argon2'
import { isExact } from './phc.ts'
import type { Reader } from './reader.ts'

const FORM =
  /^\$(argon2(?:id|i|d))\$(?:v=(16|19)\$)?m=([1-9]\d{0,8}),t=([1-9]\d{0,8}),p=([1-9]\d{0,8})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/
const MOST_KIB = 262_144
const MOST_PASSES_OVER_A_KIB = 1_048_576
const MOST_LANES = 16

export const argon2: Reader = (text) => {
  if (!text.startsWith('$argon2')) return undefined
  const [, name, version, m, t, p, salt = '', hash = ''] = FORM.exec(text) ?? []
  const [memory, passes, lanes] = [Number(m ?? 0), Number(t ?? 0), Number(p ?? 0)]
  if (!name || !isExact(salt) || !isExact(hash) || memory < 8 * lanes) return 'hash-damaged'
  if (memory > MOST_KIB || memory * passes > MOST_PASSES_OVER_A_KIB || lanes > MOST_LANES) return 'hash-too-dear'
  // A string without a version is of the first one; the library takes it for the newest.
  const whole = version ? text : text.replace(`$${name}$`, `$${name}$v=16$`)
  return { format: `${name} m=${memory},t=${passes},p=${lanes}`, fits: (password) => verify(whole, password) }
}
