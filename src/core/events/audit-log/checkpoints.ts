/**
 * Signed words on how far the log had come, kept where nobody who changes the database comes: a file, or another
 * server. What was signed for cannot be rewritten, cut off or left out afterwards without contradicting them.
 */

import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { canonical } from '../../../platform/canonical.ts'
import { after, type Duration, seconds } from '../../../platform/clock.ts'
import type { Reads } from '../../../platform/needs.ts'
import type { Signature } from '../../../platform/secrets/keyring.ts'
import type { ChainPosition } from './chain.ts'
import { CHAIN, checkpointWritten, hashesAt, leaseCheckpoint } from './store.ts'
import type { Flaw } from './verify.ts'

export const CHECKPOINT_EVERY = seconds(60)
const ANSWER_WITHIN: Duration = seconds(5)
const SIGNED_AS = 'audit checkpoint'

export type Checkpoint = ChainPosition & Signature & { chain: string; at: string }
/** Takes one line, for good. @throws when it did not */
export type Keep = (line: string) => Promise<void>

/** `to`: a path, or a URL that takes each line as a POST. */
export const keeperOf = (to: string): Keep => (/^https?:\/\//.test(to) ? postTo(to) : appendTo(to))

const appendTo =
  (path: string): Keep =>
  async (line) => {
    await mkdir(dirname(path), { mode: 0o700 }).catch(() => {}) // it is there, or appending says why not
    await appendFile(path, `${line}\n`, { mode: 0o600, flush: true })
  }

const postTo =
  (url: string): Keep =>
  async (body) => {
    const headers = { 'Content-Type': 'application/json' }
    const signal = AbortSignal.timeout(ANSWER_WITHIN.ms)
    const { ok, status } = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
    if (!ok) throw new Error(`it was answered with ${status}`)
  }

const signed = ({ seq, hash }: ChainPosition, at: string): string => canonical([CHAIN, seq, hash, at])

/**
 * Signs for the log as far as it has come, where there is something new. Of several processes one does so, a minute
 * long; `atTheEnd` does not wait for that. Where the line was not taken, the next minute tries again.
 */
export async function writeCheckpoint({ db, clock, keyring }: Reads, keep: Keep, atTheEnd = false): Promise<boolean> {
  const now = clock.now()
  const head = await leaseCheckpoint(db, now, after(now, CHECKPOINT_EVERY), atTheEnd)
  if (!head) return false
  const at = now.toISOString()
  const line: Checkpoint = { chain: CHAIN, ...head, at, ...keyring.sign(signed(head, at), SIGNED_AS) }
  await keep(JSON.stringify(line))
  await checkpointWritten(db, head)
  return true
}

/** The first of these checkpoints that the log contradicts, or that the service did not sign. */
export async function contradicted(
  { db, keyring }: Pick<Reads, 'db' | 'keyring'>,
  given: readonly Checkpoint[],
): Promise<Flaw | null> {
  const hashes = await hashesAt(
    db,
    given.map(({ seq }) => seq),
  )
  for (const { chain, seq, hash, at, key, signature } of given) {
    const flaw = (kind: Flaw['kind']): Flaw => ({ kind, seq, id: null })
    if (chain !== CHAIN || !keyring.hasSigned(signed({ seq, hash }, at), SIGNED_AS, { key, signature }))
      return flaw('forged')
    const found = hashes.get(seq)
    if (found === undefined) return flaw('truncated')
    if (found !== hash) return flaw('rewritten')
  }
  return null
}
