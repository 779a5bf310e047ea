/** Codes of an authenticator app: TOTP (RFC 6238) over HOTP (RFC 4226), six digits, SHA-1, steps of 30 seconds. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { epochSeconds } from '../../../platform/clock.ts'
import type { Random } from '../../../platform/random.ts'
import { codeTyped } from '../../../platform/text.ts'

const DIGITS = 6
const STEP_SECONDS = 30
/** A code of the step before or after is taken: clocks differ, and people type (RFC 6238, section 5.2). */
const DRIFT = 1
/** RFC 4226, section 4: 160 bits are recommended. */
const KEY_BYTES = 20

/** A key for an app, in Base32 as apps take it. */
export const drawKey = (random: Random): string => toBase32(random.bytes(KEY_BYTES))

export const stepAt = (at: Date): number => Math.floor(epochSeconds(at) / STEP_SECONDS)

/** RFC 4226, section 5.3. */
export function codeOfStep(key: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(key)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The time step whose code was typed, if it is one of those around now. Spaces and dashes do not count. */
export function stepOfCode(key: string, typed: string, now: Date): number | undefined {
  const digits = codeTyped(typed)
  if (!/^\d{6}$/.test(digits)) return undefined
  const middle = stepAt(now)
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, index) => middle - DRIFT + index)
  return steps.filter((step) => timingSafeEqual(Buffer.from(codeOfStep(key, step)), Buffer.from(digits))).at(-1)
}

/** Of the name of the entry, in characters: a longer one makes the QR code hard to read. */
const LONGEST_NAME = 64

/** What an app reads from a QR code: the key, and the entry's name, by which the person finds it again. */
export function keyUri(key: string, { issuer, person }: { issuer: string; person: string }): string {
  const short = [...person].length > LONGEST_NAME ? `${[...person].slice(0, LONGEST_NAME - 1).join('')}…` : person
  const label = [issuer, short].map(encodeURIComponent).join(':')
  return `otpauth://totp/${label}?secret=${key}&issuer=${encodeURIComponent(issuer)}`
}

/** RFC 4648, section 6, without padding. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
