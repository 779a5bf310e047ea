/** The bytes in the text form of hashes (PHC string format): base64, with or without padding. */
import { timingSafeEqual } from 'node:crypto'

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Undefined where it is not base64, or not of so many bytes. */
export function bytesOf(text: string, least: number, most: number): Buffer | undefined {
  const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)
  return bytes.length >= least && bytes.length <= most && bytes.length > 0 ? bytes : undefined
}

/** Whether it is the one way to write these bytes, as strict readers ask: without padding, and with no bits left over. */
export const isExact = (text: string): boolean =>
  Buffer.from(text, 'base64')
    .toString('base64')
    .replace(/={1,2}$/, '') === text

export const same = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other)
