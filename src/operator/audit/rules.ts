/** The audit log, read by an operator: it has the networks and browsers of people, so that reading it is an event too. */

import { type Event, eventsAfter } from '../../core/events/audit-log/verify.ts'
import { pageOf } from '../../core/events/catalogue.ts'
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

/** A page that holds nothing but such readings leaves none, so that reading page after page comes to an end. */
export async function readEvents(needs: EventNeeds, after: number, count: number, actor: Actor): Promise<Event[]> {
  const events = await eventsAfter(needs.db, after, count)
  const isOfPeople = events.some(({ kind }) => kind !== 'audit-log-read')
  const facts = isOfPeople ? pageOf(events.map(({ seq }) => seq ?? 0)) : undefined
  if (facts) await transact(needs.db, (tx) => emit(needs, tx, { kind: 'audit-log-read', account: null, facts }, actor))
  return events
}
