/**
 * Says that something happened to an account, or to the service: the only way to do so. What follows is in the catalogue.
 *
 *   emit ──► a row of the audit log ──► the next in the activity of the person, unless the catalogue hides it
 *        ├─► a row for every product that the person uses, where products are told
 *        ├─► a letter to the mailbox, with "It was not me", where there is a notice
 *        ├─► a letter without it, where there is a mail
 *        └─► one more in the metrics
 *
 * All of it is in the transaction of the act: where that is rolled back, nothing has happened.
 */
import type { Actor } from '../../platform/actor.ts'
import { beforeCommit, onCommit, type Tx } from '../../platform/database/db.ts'
import type { Metrics } from '../../platform/log/metrics.ts'
import type { Said } from '../../platform/outbox/outbox.ts'
import { drawId } from '../../platform/random.ts'
import type { Counts } from '../limits/counters/count.ts'
import type { AccountId } from '../model/account/store.ts'
import type { SessionNeeds } from '../model/session/session.ts'
import { countAttempt, singly } from './attempts.ts'
import { prove, type WrittenActor } from './audit-log/chain.ts'
import { insertLinked } from './audit-log/store.ts'
import { catalogue, type Event, type EventKind, type Mail, type ProductChange } from './catalogue.ts'
import { type NoticeNeeds, notify } from './notice.ts'
import { insertForEveryProduct } from './product-events.ts'

export type EventNeeds = NoticeNeeds & Counts<'written-attempts'> & { metrics: Metrics }
/** To change an account: sessions may end, and what happened is said. */
export type AccountNeeds = SessionNeeds & EventNeeds

/** Any event, as far as what follows from it is the same for all. */
type Whatever = {
  kind: EventKind
  account: AccountId | null
  facts?: object
  personal?: object
  notice?: object | null
  mail?: Mail | null
}
type About = { letter?: string; products?(facts: object, actor: Actor['kind']): ProductChange | undefined }

export async function emit(needs: EventNeeds, tx: Tx, event: Event, actor: Actor): Promise<void> {
  const { kind, account, facts = {}, notice, mail }: Whatever = event
  const about: About = catalogue[kind]
  await write(needs, tx, event, actor)
  if (!account) return
  const change = about.products?.(facts, actor.kind)
  if (change) {
    const { clock, random } = needs
    await insertForEveryProduct(tx, { ...change, id: drawId('chg', random, clock), account, at: clock.now() })
  }
  if (mail) await needs.outbox.post(tx, { topic: 'mail', account, ...mail })
  if (notice) await notify(needs, tx, { account, actor, letter: (said) => letterOf(kind, { ...said, ...notice }) })
}

/**
 * Writes the row as the last thing in this transaction, wherever the call stands: the head of the chain is locked from then on
 * (`beforeCommit`). An attempt that is not written down takes the same statements, and as long under the lock: nobody learns
 * whose attempts are counted.
 */
async function write(needs: EventNeeds, tx: Tx, event: Whatever, actor: Actor): Promise<void> {
  const { clock, random, metrics } = needs
  const { kind, account, facts = {}, personal = {} } = event
  const { network, userAgent } = actor
  const counted = catalogue[kind].attempt ? await countAttempt(needs, tx, { kind, account, network }) : singly
  const id = drawId('evt', random, clock)
  const at = clock.now().toISOString().replace('Z', '000Z') // as exact as the database keeps it
  const kept = { id, at, kind, account, actor: actorIn(event, actor), facts: { ...facts, ...counted.facts } }
  const parts = { network, userAgent, personal }
  const { text, ...proof } = prove(needs, kept, parts)
  beforeCommit(tx, () => insertLinked(tx, { ...kept, ...parts, ...proof }, text, counted.isWritten))
  onCommit(tx, () => metrics.count('passerelle_events_total', { kind }))
}

/** A person who acts on an account is its owner, so the id is known; an attempt proves nothing of who made it. */
function actorIn({ kind, account }: Whatever, actor: Actor): WrittenActor {
  const person = catalogue[kind].attempt ? null : account
  const id = actor.id ?? (actor.kind === 'person' ? person : null)
  return { kind: actor.kind, id, onBehalfOf: actor.onBehalfOf ?? null, request: actor.request }
}

function letterOf(kind: EventKind, facts: object): Said<'mail'> {
  const letter = { name: catalogue[kind].letter ?? kind, facts }
  if (!isNotice(letter)) throw new TypeError(`${kind} has no notice`)
  return letter
}

/** `Event` has the type of its notice: where it brings one, the letter of that name takes it. */
const isNotice = (letter: { name: string; facts: object }): letter is Said<'mail'> =>
  Object.hasOwn(catalogue, letter.name)
