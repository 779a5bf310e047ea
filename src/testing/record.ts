/** Events as tests of the audit log write them: of any kind, with whatever facts, and without a notice. */

import { catalogue, type Event, type EventKind } from '../core/events/catalogue.ts'
import { type EventNeeds, emit } from '../core/events/emit.ts'
import type { AccountId } from '../core/model/account/store.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/database/db.ts'

type Recorded = { kind: EventKind; account?: AccountId; actor: Actor; facts?: object; personal?: object }

const isEvent = (it: { kind: EventKind }): it is Event => Object.hasOwn(catalogue, it.kind)

export async function record(needs: EventNeeds, tx: Tx, { account, actor, ...said }: Recorded): Promise<void> {
  const event = { account: account ?? null, ...said }
  if (isEvent(event)) await emit(needs, tx, event, actor)
}
