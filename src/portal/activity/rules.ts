/**
 * What happened to an account, for its owner: read from the history, the newest first, many refused sign-ins in one
 * line. "It was not me" takes the account back; a new password comes next.
 */

import { historyOf, timesOf } from '../../core/events/audit-log/history.ts'
import { catalogue, isShown, kinds, type ShownKind } from '../../core/events/catalogue.ts'
import type { Account } from '../../core/model/account/store.ts'
import { type FactorKind, isFactorKind } from '../../core/model/factor/kinds.ts'
import { type DisownNeeds, disown } from '../../core/operations/disown/disown.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

/** No business of the person's. */
const hidden = kinds.filter((kind) => !isShown(kind))

/** `count`: how often, where it is many times in a line; `atLeast`: so often that not each was written down. The rest is of the latest. */
export type Happened = {
  id: string
  kind: ShownKind
  at: Date
  network: string
  userAgent: string
  count: number
  atLeast: boolean
  matters: boolean
  /** The id of the product it was about. */
  product?: string
  /** Which way to sign in was added, renamed or removed. */
  way?: FactorKind
}

const LINES = 15
const READ_AT_ONCE = 500

/** A page of it, and where the next one begins: the id of the last act told. */
export async function activityOf({ db }: DisownNeeds, { id }: Account, before: string | undefined) {
  const past = await historyOf(db, id, { except: hidden, before, count: READ_AT_ONCE })
  const lines: Happened[] = []
  let last: string | undefined
  for (const { facts, kind, ...act } of past) {
    if (!isShown(kind)) continue
    const line = lines.at(-1)
    const atLeast = timesOf(facts) > 1
    if (line && kind === 'sign-in-refused' && line.kind === kind) {
      line.count += timesOf(facts)
      line.atLeast ||= atLeast
    } else if (lines.length === LINES) return { lines, older: last }
    else
      lines.push({
        ...act,
        kind,
        count: timesOf(facts),
        atLeast,
        matters: catalogue[kind].person === 'disownable',
        ...productIn(facts),
        ...wayIn(facts),
      })
    last = act.id
  }
  return { lines, older: past.length === READ_AT_ONCE ? last : undefined }
}

const productIn = (facts: object) =>
  'product' in facts && typeof facts.product === 'string' ? { product: facts.product } : {}

const wayIn = (facts: object) => ('way' in facts && isFactorKind(facts.way) ? { way: facts.way } : {})

/**
 * Takes the account back for its mailbox: this session ends too, and a link to choose a password goes there. It is not shown
 * here: the intruder may be the one who has this session.
 */
export const disownActivity = (needs: DisownNeeds, { id, email }: Account, actor: Actor) =>
  transact(needs.db, (tx) => disown(needs, tx, { account: id, mailbox: email, actor, toldAt: undefined }))

export const isEvent = (text: string): boolean => /^evt_[0-9a-f]{32}$/.test(text)
