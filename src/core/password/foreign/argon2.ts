/** Argon2id, Argon2i and Argon2d without a secret: PHC strings (RFC 9106). */
import { verify } from '@node-rs/argon2'
import type { Reader } from './foreign.ts'

const FORM = /^\$(argon2(?:id|i|d))\$(?:v=(16|19)\$)?m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[\w+/]{11,86}\$[\w+/]{16,86}$/
const MOST_KIB = 262_144
const MOST_PASSES_OVER_A_KIB = 1_048_576
const MOST_LANES = 16

export const argon2: Reader = (text) => {
  if (!text.startsWith('$argon2')) return undefined
  const [, name, version, ...costs] = FORM.exec(text) ?? []
  const [memory = 0, passes = 0, lanes = 0] = costs.map(Number)
  if (!name || passes < 1 || lanes < 1 || memory < 8 * lanes) return 'hash-damaged'
  if (memory > MOST_KIB || memory * passes > MOST_PASSES_OVER_A_KIB || lanes > MOST_LANES) return 'hash-too-dear'
  // A string without a version is of the first one; the library takes it for the newest.
  const whole = version ? text : text.replace(`$${name}$`, `$${name}$v=16$`)
  return { format: `${name} m=${memory},t=${passes},p=${lanes}`, fits: (password) => verify(whole, password) }
}
