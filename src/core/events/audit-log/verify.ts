/**
 * Walks the chain and names the first row that is not as the service wrote it, and what was done to it.
 *
 *   a row ──► in its place? ──► written by us? ──► linked to the one before? ──► personal parts as they were? ──► next
 *
 * In pages, so that neither memory nor a request grows with the log. The caller keeps the position between two pages.
 */

import { before } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/db.ts'
import type { Reads } from '../../../platform/needs.ts'
import { type ChainPosition, isCommitted, isOurs, isTakenAway, linkOf, textOf } from './chain.ts'
import { STRANGERS_KEPT_AT_LEAST } from './history.ts'
import { erasedAmong, findOutside, type Linked, readById, readFrom, STRANGERS } from './store.ts'

/**
 * `edited`: not what the service wrote. `personal`: what may be taken away with an account, or after a while, is not what
 * it was, or is gone without that. `added`: not written by the service, in no place of its own. `deleted`, `reordered`: another row, or
 * none, stands where `seq` should. `truncated`: the rows from `seq` on are gone. `head`: the head is not that of the
 * last row. `rewritten`: the chain holds, but was another one when a checkpoint was signed. `forged`: a checkpoint that
 * the service did not sign.
 */
export const flawKinds = [
  'edited',
  'personal',
  'added',
  'deleted',
  'reordered',
  'truncated',
  'head',
  'rewritten',
  'forged',
] as const
export type FlawKind = (typeof flawKinds)[number]
export type Flaw = { kind: FlawKind; seq: number; id: string | null }
/** `total`: how many rows the head counts; `flaw`: the first one, which ends the walk. */
export type Walk = { at: ChainPosition; total: number; done: boolean; flaw: Flaw | null }

const BATCH = 500

/** Verifies the rows after a place that was verified before, `count` of them or a few more. */
export async function walk(needs: Reads, from: ChainPosition, count: number): Promise<Walk> {
  for (let at = from; ; ) {
    const { rows, head } = await readFrom(needs.db, at.seq, BATCH)
    const erased = await erasedAmong(needs.db, accountsWithoutPerson(rows))
    const total = head?.seq ?? 0
    for (const [index, row] of rows.entries()) {
      const hash = linkOf(at.hash, textOf(row, row.commitment))
      const kind = wrongIn(needs, row, at, hash, erased)
      if (kind === 'place')
        return { at, total, done: true, flaw: await misplaced(needs, at, row, hash, rows[index + 1], head) }
      if (kind) return { at, total, done: true, flaw: await madeUp(needs, at, row, kind, head) }
      at = { seq: at.seq + 1, hash }
    }
    if (rows.length < BATCH) return { at, total, done: true, flaw: await wrongAtEnd(needs, at, head) }
    if (at.seq - from.seq >= count) return { at, total, done: false, flaw: null }
  }
}

const accountsWithoutPerson = (rows: readonly Linked[]): string[] => [
  ...new Set(rows.flatMap(({ salt, account }) => (salt === null && account !== null ? [account] : []))),
]

/** Whose row may be without its person: of an account that was erased, of a stranger after a while. */
const mayBeForgotten = ({ clock }: Reads, { account, kind, at }: Linked, erased: Set<string>): boolean =>
  account === null
    ? kind === STRANGERS && new Date(at) < before(clock.now(), STRANGERS_KEPT_AT_LEAST)
    : erased.has(account)

function wrongIn(needs: Reads, row: Linked, at: ChainPosition, hash: string, erased: Set<string>) {
  if (row.seq !== at.seq + 1) return 'place'
  if (!isOurs(needs.keyring, row, row)) return 'edited'
  if (hash !== row.hash) return 'place'
  const isWhole = isCommitted(row, row) || (isTakenAway(row, row) && mayBeForgotten(needs, row, erased))
  return isWhole ? undefined : 'personal'
}

/** A row that is not ours: one of ours that was edited, or, where the row that follows is to be found, one more. */
async function madeUp(
  needs: Reads,
  at: ChainPosition,
  row: Linked,
  kind: 'edited' | 'personal',
  head: ChainPosition | undefined,
) {
  const { id } = row
  const seq = at.seq + 1
  const isMore = kind === 'edited' && (seq > (head?.seq ?? 0) || (await nextAfter(needs, at, row)))
  return { kind: isMore ? 'added' : kind, seq, id } satisfies Flaw
}

/** A row of ours that does not follow the one before. */
async function misplaced(
  needs: Reads,
  at: ChainPosition,
  row: Linked,
  hash: string,
  next: Linked | undefined,
  head?: ChainPosition,
) {
  const seq = at.seq + 1
  const isInPlace =
    row.seq === seq &&
    (next ? next.seq === seq + 1 && linkOf(hash, textOf(next, next.commitment)) === next.hash : head?.hash === hash)
  if (isInPlace) return { kind: 'edited', seq, id: row.id } satisfies Flaw // its hash was
  if (next === undefined && row.seq !== null && row.seq > (head?.seq ?? 0) && head?.seq === at.seq)
    return { kind: 'added', seq, id: row.id } satisfies Flaw
  const isMoved = row.seq !== seq && hash === row.hash && isOurs(needs.keyring, row, row)
  const follower = isMoved ? row : await nextAfter(needs, at, row)
  return { kind: follower ? 'reordered' : 'deleted', seq, id: follower?.id ?? null } satisfies Flaw
}

/** The row that was written after a place, wherever it stands now. Reads the whole log: once, and only when it is wrong. */
async function nextAfter({ db, keyring }: Reads, at: ChainPosition, stands: Linked): Promise<Linked | undefined> {
  const follows = (row: Linked): boolean => {
    const hash = linkOf(at.hash, textOf(row, row.commitment))
    return (hash === row.hash || (hash === stands.hash && stands.seq === at.seq + 1)) && isOurs(keyring, row, row)
  }
  for (let after = ''; ; ) {
    const rows = await readById(db, after, BATCH)
    const found = rows.find((row) => row.id !== stands.id && follows(row))
    if (found || rows.length < BATCH) return found
    after = rows.at(-1)?.id ?? ''
  }
}

async function wrongAtEnd({ db }: Reads, at: ChainPosition, head: ChainPosition | undefined): Promise<Flaw | null> {
  if (head && head.seq > at.seq) return { kind: 'truncated', seq: at.seq + 1, id: null }
  if (head ? head.seq !== at.seq || head.hash !== at.hash : at.seq > 0) return { kind: 'head', seq: at.seq, id: null }
  const outside = await findOutside(db)
  return outside ? { kind: 'added', seq: outside.seq ?? 0, id: outside.id } : null
}

export type Event = Linked

/** The rows after a place, in their order, as they are. */
export const eventsAfter = async (db: Db, after: number, count: number): Promise<Event[]> =>
  (await readFrom(db, after, count)).rows
