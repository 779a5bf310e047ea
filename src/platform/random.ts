import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** The only source of chance. Tests may give a scripted one. */
export type Random = { bytes(count: number): Buffer }

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }

/** 256 bits, base64url, 43 characters: a link, a cookie, a token. */
export const drawToken = (random: Random): string => random.bytes(32).toString('base64url')

/**
 * A new identifier: a UUIDv7 (RFC 9562, section 5.7) with a prefix that says of what, `acc_0190…`.
 * It sorts by the time it was made; it is not a secret.
 */
export function drawId(prefix: string, random: Random, clock: Clock): string {
  const bytes = random.bytes(16)
  bytes.writeUIntBE(clock.now().getTime(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return `${prefix}_${bytes.toString('hex')}`
}
