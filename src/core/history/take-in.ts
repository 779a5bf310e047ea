/**
 * Links the rows that were written before there was a chain, and those that processes of the version before write while
 * they are being replaced. Only for a day after the migration: what stands outside of the chain later was put there.
 */
import type { Clock } from '../../platform/clock.ts'
import { type Db, transact } from '../../platform/database/db.ts'
import type { Random } from '../../platform/random.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import { linkOf, type Place, type Proof, prove } from './chain.ts'
import * as store from './store.ts'

export type Needs = { db: Db; clock: Clock; random: Random; keyring: Keyring }

const BATCH = 500

/** Answers how many rows were linked. */
export async function takeIn(needs: Needs): Promise<number> {
  if (!(await store.isTakingIn(needs.db, needs.clock.now()))) return 0
  let count = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const linked: string[] = await takeInAfter(needs, after)
    count += linked.length
    after = linked.at(-1)
  }
  return count
}

/** Links the next rows; answers their ids. */
const takeInAfter = (needs: Needs, after: string): Promise<string[]> =>
  transact(needs.db, async (tx) => {
    if ((await store.findUnlinked(tx, after, 1)).length === 0) return []
    let head = await store.holdHead(tx, needs.clock.now())
    if (!head) return []
    const rows: (Proof & Place & { id: string })[] = []
    for (const row of await store.findUnlinked(tx, after, BATCH)) {
      const { text, ...proof } = prove(needs, keptOf(row), row)
      head = { seq: head.seq + 1, hash: linkOf(head.hash, text) }
      rows.push({ id: row.id, ...proof, ...head })
    }
    await store.linkRows(tx, rows, head)
    return rows.map(({ id }) => id)
  })

const keptOf = ({ id, at, kind, account, facts }: store.Unlinked) => ({ id, at, kind, account, facts })
