/** The requests to support, for those who answer them: listed, read, closed. Reading one is an event in the audit log. */

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

/** A page of them, and after which the next one begins. */
export async function listSupport({ db, clock }: EventNeeds, { limit, ...wanted }: WantedRequests) {
  const found = await listRequests(db, clock.now(), { ...wanted, limit: limit + 1 })
  const requests = found.slice(0, limit)
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
    await emit(needs, tx, { kind: 'support-read', account, facts: { by: 'operator', reference } }, actor)
    return done({ request, said: saidIn(needs, request) })
  })

/** Where it is over already, nothing happens, and the answer is the same. */
export const closeSupport = (
  needs: EventNeeds,
  named: string,
  actor: Actor,
): Promise<Done<{ request: ListedRequest }> | Unknown> =>
  transact(needs.db, async (tx) => {
    const now = needs.clock.now()
    const reference = asReference(named)
    const closed = await endRequest(tx, { reference }, 'closed', now)
    if (closed) {
      const facts = { by: 'operator', reference } as const
      await emit(needs, tx, { kind: 'support-closed', account: closed.account_id, facts }, actor)
    }
    const request = await findRequest(tx, reference, now)
    return request ? done({ request }) : refused('unknown-reference', { named })
  })
