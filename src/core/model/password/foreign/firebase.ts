/**
 * Firebase's own scrypt: the password, the salt and the project's separator give a key, with which the project's
 * signer key is encrypted; the result is the hash. All of it in one text, as Supabase Auth writes it too:
 *
 *   $fbscrypt$v=1,n=14,r=8,p=1,ss=<salt separator>,sk=<signer key>$<salt>$<hash>
 *
 * n is Firebase's `mem_cost`, r its `rounds`; the keys, the salt and the hash are in the base64 that Firebase exports.
 */
import { createCipheriv } from 'node:crypto'
import { bytesOf, same } from './phc.ts'
import type { Reader } from './reader.ts'
import { type Cost, derived, isSound, isTooDear } from './scrypt.ts'

const FORM =
  /^\$fbscrypt\$v=1,n=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})(?:,ss=([A-Za-z0-9+/=]+))?,sk=([A-Za-z0-9+/=]+)\$([^$]+)\$([^$]+)$/

export const firebase: Reader = (text) => {
  if (!text.startsWith('$fbscrypt$')) return undefined
  const [, n, r, p, separator, signer = '', salt = '', hash = ''] = FORM.exec(text) ?? []
  const cost: Cost = { ln: Number(n ?? 0), r: Number(r ?? 0), p: Number(p ?? 0) }
  const separatorBytes = separator === undefined ? Buffer.alloc(0) : bytesOf(separator, 1, 64)
  const [signerBytes, saltBytes, hashBytes] = [bytesOf(signer, 16, 128), bytesOf(salt, 1, 64), bytesOf(hash, 16, 128)]
  if (!separatorBytes || !signerBytes || !saltBytes || !hashBytes || !isSound(cost)) return 'hash-damaged'
  if (isTooDear(cost)) return 'hash-too-dear'
  const salted = Buffer.concat([saltBytes, separatorBytes])
  return {
    format: `firebase-scrypt n=${cost.ln},r=${cost.r},p=${cost.p}`,
    fits: async (password) => {
      const key = (await derived(password, salted, 64, cost)).subarray(0, 32)
      const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
      return same(hashBytes, Buffer.concat([cipher.update(signerBytes), cipher.final()]))
    },
  }
}
