/**
 * What one row of the audit log is linked by: pure functions, so that writing and verifying cannot differ.
 *
 *   personal parts + salt ──► commitment ──► text of the row ──► its mark (HMAC), its hash (with the hash before it)
 */
import { createHash } from 'node:crypto'
import { canonical } from '../../../platform/canonical.ts'
import { drawToken, type Random } from '../../../platform/random.ts'
import { type Keyring, sha256 } from '../../../platform/secrets/keyring.ts'

export type Personal = { network: string; userAgent: string; personal: object }
/** Who did it (platform/actor.ts). */
export type WrittenActor = { kind: string; id: string | null; onBehalfOf: string | null; request: string }
/** `at`: ISO 8601 with microseconds, as exact as the database keeps it. */
export type Kept = {
  id: string
  at: string
  kind: string
  account: string | null
  actor: WrittenActor
  facts: object
}
/** `salt` is null where the personal parts were taken away. */
export type RowProof = { mark: string; commitment: string; salt: string | null }

/** Where the chain stands: how many rows, and the hash of the last one; empty before the first. */
export type ChainPosition = { seq: number; hash: string }
export const beginning: ChainPosition = { seq: 0, hash: '' }

const MARK = 'history'

const commit = (salt: string, { network, userAgent, personal }: Personal): string =>
  sha256(canonical([salt, network, userAgent, personal]))

/** What the mark and the hash cover. */
export const textOf = ({ id, at, kind, account, actor, facts }: Kept, commitment: string): string =>
  canonical([id, at, kind, account, actor, facts, commitment])

/** Equals `encode(sha256(convert_to(hash || text, 'UTF8')), 'hex')` in SQL. */
export const linkOf = (hash: string, text: string): string =>
  createHash('sha256')
    .update(hash + text)
    .digest('hex')

export function prove({ keyring, random }: { keyring: Keyring; random: Random }, kept: Kept, personal: Personal) {
  const salt = drawToken(random)
  const commitment = commit(salt, personal)
  const text = textOf(kept, commitment)
  return { mark: keyring.mark(text, MARK), commitment, salt, text }
}

/** Whether the service wrote the row as it stands, its personal parts aside. */
export function isOurs(keyring: Keyring, kept: Kept, { mark, commitment }: RowProof): boolean {
  const isExact = Buffer.from(mark, 'base64url').toString('base64url') === mark // two spellings of one mark are an edit
  return isExact && keyring.fits(textOf(kept, commitment), MARK, mark)
}

export const isCommitted = (personal: Personal, { salt, commitment }: RowProof): boolean =>
  salt !== null && commit(salt, personal) === commitment

export const isTakenAway = ({ network, userAgent, personal }: Personal, { salt }: RowProof): boolean =>
  salt === null && network === '' && userAgent === '' && canonical(personal) === '{}'
