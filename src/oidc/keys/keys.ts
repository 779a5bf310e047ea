/**
 * The keys that sign tokens. Of each algorithm one signs and one waits, published beforehand so that products which
 * keep the key set for a while know it when it begins; retired ones stay published as long as a token may need them.
 */
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { before, days } from '../../platform/clock.ts'
import { type Db, type Tx, transact } from '../../platform/database/db.ts'
import type { Writes } from '../../platform/needs.ts'
import { drawId } from '../../platform/random.ts'
import { type Algorithm, deleteKeysRetiredBefore, insertKey, type KeyRow, listKeys, setKeyState } from './store.ts'

/** ES256 (P-256) by default; RS256 (3072 bits, NIST SP 800-57 for 128-bit strength) for products that ask for it. */
const ALGORITHMS: readonly Algorithm[] = ['ES256', 'RS256']
/** Longer than any ID token or JWT access token lives, and than any product keeps a key set. */
const RETIRED_KEYS_STAY = days(30)

const sealedFor = (id: string): string => `signing key ${id}`

async function makeKey(
  { clock, random, keyring }: Writes,
  algorithm: Algorithm,
  state: KeyRow['state'],
): Promise<KeyRow> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 3072 })
  const id = drawId('key', random, clock)
  const key: JWK = { ...(await exportJWK(privateKey)), kid: id, alg: algorithm, use: 'sig' }
  return {
    id,
    algorithm,
    state,
    sealed_key: keyring.seal(JSON.stringify(key), sealedFor(id)),
    made_at: clock.now(),
    retired_at: null,
  }
}

/** Makes what is missing; several processes may start at once, the first to write a key wins. */
export async function ensureKeys(needs: Writes): Promise<void> {
  const known = await listKeys(needs.db)
  const missing = ALGORITHMS.flatMap((algorithm) =>
    (['current', 'next'] as const)
      .filter((state) => !known.some((key) => key.algorithm === algorithm && key.state === state))
      .map((state) => makeKey(needs, algorithm, state)),
  )
  if (missing.length === 0) return
  const made = await Promise.all(missing)
  await transact(needs.db, async (tx) => {
    for (const key of made) await insertKey(tx, key)
  })
}

/** The waiting keys begin to sign, those that signed stay published, new ones wait. */
export async function rotateKeys(needs: Writes, alsoWithin: (tx: Tx) => Promise<void>): Promise<void> {
  const fresh = await Promise.all(ALGORITHMS.map((algorithm) => makeKey(needs, algorithm, 'next')))
  await transact(needs.db, async (tx) => {
    const known = await listKeys(tx)
    const now = needs.clock.now()
    for (const { id, state } of known) if (state === 'current') await setKeyState(tx, id, 'retired', now)
    for (const { id, state } of known) if (state === 'next') await setKeyState(tx, id, 'current', null)
    for (const key of fresh) await insertKey(tx, key)
    await alsoWithin(tx)
  })
}

const ORDER = { current: 0, next: 1, retired: 2 } as const

/** Those that sign first, and ES256 before RS256: some products take the first key they find. */
const inOrder = (rows: readonly KeyRow[]): KeyRow[] =>
  rows.toSorted(
    (a, b) => ORDER[a.state] - ORDER[b.state] || (a.algorithm < b.algorithm ? -1 : a.algorithm > b.algorithm ? 1 : 0),
  )

/** The key set as oidc-provider wants it, the signing keys first; and a word that changes whenever the set does. */
export async function loadKeys({ db, keyring }: Writes): Promise<{ keys: JWK[]; version: string }> {
  const rows = inOrder(await listKeys(db))
  const keys = rows.map((row): JWK => JSON.parse(keyring.open(row.sealed_key, sealedFor(row.id))))
  return { keys, version: versionOf(rows) }
}

const versionOf = (rows: readonly KeyRow[]): string => rows.map(({ id, state }) => `${id} ${state}`).join(' ')

/** Retired keys go when no token of theirs can be met any more. */
export const deleteOldKeys = ({ db }: { db: Db }, now: Date): Promise<number> =>
  deleteKeysRetiredBefore(db, before(now, RETIRED_KEYS_STAY))

export const keysVersion = async (db: Db): Promise<string> => versionOf(inOrder(await listKeys(db)))
