/** The requests to support, for those who answer them: listed, read, closed. Reading one is an event in the audit log. */

import { pageOf } from '../../core/events/catalogue.ts'
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import {
  endRequest,
  findRequest,
  type ListedRequest,
  listRequests,
  type WantedRequests,
} from '../../core/model/support-request/store.ts'
import { asReference, type Said, saidIn } from '../../core/operations/ask-support.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type SupportProblem = 'unknown-reference'
type Unknown = Refused<SupportProblem>

/** A page of them, and after which the next one begins. The audit log says which were listed, as of every page of people. */
export async function listSupport(needs: EventNeeds, { limit, ...wanted }: WantedRequests, actor: Actor) {
  const { db, clock } = needs
  const found = await listRequests(db, clock.now(), { ...wanted, limit: limit + 1 })
  const requests = found.slice(0, limit)
  const facts = pageOf(requests.map(({ reference }) => reference))
  if (facts) await transact(db, (tx) => emit(needs, tx, { kind: 'support-listed', account: null, facts }, actor))
  return { requests, next: found.length > limit ? (requests.at(-1)?.reference ?? null) : null }
}

/** What the person said. The history of the account says that it was read. */
export const readSupport = (
  needs: EventNeeds,
  named: string,
  actor: Actor,
): Promise<Done<{ request: ListedRequest; said: Said }> | Unknown> =>
  transact(needs.db, async (tx) => {
    const request = await findRequest(tx, asReference(named), needs.clock.now())
    if (!request) return refused('unknown-reference', { named })
    const { reference, account_id: account } = request
    await emit(needs, tx, { kind: 'support-read', account, facts: { reference } }, actor)
    return done({ request, said: saidIn(needs, request) })
  })

/** Where it is over already, nothing changes, and the answer is the same: that it was read is written down. */
export const closeSupport = (
  needs: EventNeeds,
  named: string,
  actor: Actor,
): Promise<Done<{ request: ListedRequest }> | Unknown> =>
  transact(needs.db, async (tx) => {
    const now = needs.clock.now()
    const reference = asReference(named)
    const closed = await endRequest(tx, { reference }, 'closed', now)
    const request = await findRequest(tx, reference, now)
    if (!request) return refused('unknown-reference', { named })
    const { account_id: account } = request
    if (closed) await emit(needs, tx, { kind: 'support-closed', account, facts: { reference } }, actor)
    else await emit(needs, tx, { kind: 'account-read', account }, actor)
    return done({ request })
  })
