/**
 * bcrypt, as $2a$, $2b$ and $2y$. It reads 72 bytes and no more of a password, so what was set elsewhere still fits
 * whatever follows them; and nothing after a NUL, which no password of ours contains. ($2x$ marks hashes of an
 * implementation that lost bits of letters with accents: no correct one can compare them.)
 */
import { verify } from '@node-rs/bcrypt'
import type { Reader } from './reader.ts'

const FORM = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const LEAST_COST = 4
const MOST_COST = 14

export const bcrypt: Reader = (text) => {
  if (!/^\$2[abxy]?\$/.test(text)) return undefined
  const cost = Number(FORM.exec(text)?.[1] ?? 0)
  if (cost < LEAST_COST) return 'hash-damaged'
  if (cost > MOST_COST) return 'hash-too-dear'
  return { format: `bcrypt cost=${cost}`, fits: (password) => verify(password, text) }
}
