/**
 * PBKDF2 (RFC 8018) with HMAC-SHA-1, -256 or -512, in three forms:
 *
 *   $pbkdf2-sha256$i=600000,l=32$salt$hash    PHC
 *   $pbkdf2-sha256$29000$salt$hash            passlib: `.` for `+`
 *   pbkdf2_sha256$600000$salt$hash            Django: the salt is text
 */
import { pbkdf2 as derive } from 'node:crypto'
import { promisify } from 'node:util'
import { bytesOf, same } from './phc.ts'
import type { Reader } from './reader.ts'

const PHC = /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=(\d{1,9})(?:,l=(\d{1,3}))?|(\d{1,9}))\$([^$]+)\$([^$]+)$/
const DJANGO = /^pbkdf2_(sha1|sha256|sha512)\$(\d{1,9})\$([^$]{1,64})\$([^$]+)$/
const DIGEST_BYTES: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 }
const MOST_ITERATIONS = 3_000_000

export const pbkdf2: Reader = (text) => {
  if (!/^\$?pbkdf2/.test(text)) return undefined
  const read = ofPhc(text) ?? ofDjango(text)
  if (!read?.salt || !read.hash || read.iterations < 1) return 'hash-damaged'
  const { digest, iterations, salt, hash } = read
  const blocks = Math.ceil(hash.length / (DIGEST_BYTES[digest] ?? 1))
  if (iterations * blocks > MOST_ITERATIONS) return 'hash-too-dear'
  return {
    format: `pbkdf2-${digest} i=${iterations}`,
    fits: async (password) => same(hash, await promisify(derive)(password, salt, iterations, hash.length, digest)),
  }
}

function ofPhc(text: string) {
  const found = PHC.exec(text)
  if (!found) return undefined
  const [, digest = 'sha1', named, length, plain, salt = '', hash = ''] = found
  const bytes = bytesOf(hash.replaceAll('.', '+'), 16, 64)
  const isWhole = length === undefined || Number(length) === bytes?.length
  return {
    digest,
    iterations: Number(named ?? plain),
    salt: bytesOf(salt.replaceAll('.', '+'), 1, 64),
    hash: isWhole ? bytes : undefined,
  }
}

function ofDjango(text: string) {
  const [, digest = '', iterations, salt = '', hash = ''] = DJANGO.exec(text) ?? []
  return digest
    ? { digest, iterations: Number(iterations), salt: Buffer.from(salt), hash: bytesOf(hash, 16, 64) }
    : undefined
}
