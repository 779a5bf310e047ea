/** scrypt (RFC 7914) as PHC strings: $scrypt$ln=17,r=8,p=1$salt$hash */
import { scrypt as derive, type ScryptOptions } from 'node:crypto'
import { bytesOf, same } from './phc.ts'
import type { Reader } from './reader.ts'

const FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([^$]+)\$([^$]+)$/
const MOST_BYTES = 268_435_456
const MOST_WORK_BYTES = 536_870_912

export type Cost = { ln: number; r: number; p: number }

export const scrypt: Reader = (text) => {
  if (!text.startsWith('$scrypt$')) return undefined
  const [, ln, r, p, salt = '', hash = ''] = FORM.exec(text) ?? []
  const cost: Cost = { ln: Number(ln ?? 0), r: Number(r ?? 0), p: Number(p ?? 0) }
  const [saltBytes, hashBytes] = [bytesOf(salt, 1, 64), bytesOf(hash, 16, 64)]
  if (!saltBytes || !hashBytes || !isSound(cost)) return 'hash-damaged'
  if (isTooDear(cost)) return 'hash-too-dear'
  return {
    format: `scrypt ln=${cost.ln},r=${cost.r},p=${cost.p}`,
    fits: async (password) => same(hashBytes, await derived(password, saltBytes, hashBytes.length, cost)),
  }
}

/** N has to be below 2^(16 r) (RFC 7914, section 2): nothing computes the others. */
export const isSound = ({ ln, r, p }: Cost): boolean => ln >= 1 && r >= 1 && p >= 1 && ln < 16 * r

export function isTooDear({ ln, r, p }: Cost): boolean {
  const memory = 128 * 2 ** ln * r
  return memory > MOST_BYTES || memory * p > MOST_WORK_BYTES
}

export function derived(password: string, salt: Buffer, length: number, { ln, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 * MOST_BYTES }
  return new Promise((resolve, reject) =>
    derive(password, salt, length, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
