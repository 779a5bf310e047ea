/**
 * A request to support: somebody whose password was right, and who can prove nothing else, says how to reach them.
 *
 *   asked for ──► open ──► closed by the operator
 *                     └──► withdrawn by "it was not me": who knows the password may be somebody else
 *
 * Nothing changes at the account by it. It is forgotten after 90 days, whatever came of it.
 */

import type { Actor } from '../../platform/actor.ts'
import { after, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Random } from '../../platform/random.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import { codeTyped } from '../../platform/text.ts'
import { type EventNeeds, emit } from '../events/emit.ts'
import { type Counts, count } from '../limits/counters/count.ts'
import type { AccountId } from '../model/account/store.ts'
import {
  deleteEndedRequests,
  endRequest,
  insertRequest,
  openRequestOf,
  type Reference,
  type RequestRow,
} from '../model/support-request/store.ts'

const KEPT_FOR = days(90)

/** None looks or sounds like another: of B and 8, S and 5, Z and 2, G and 6, M and N, F and S the one or the other. */
const SIGNS = '23456789FHKMRWX'
const LENGTH = 6

const grouped = (signs: string) => `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}` as Reference

/** 11 million: drawn again where somebody has it. */
function drawReference(random: Random): Reference {
  const number = random.bytes(16).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const signs = Array.from({ length: LENGTH }, (_, place) => {
    const digit = (number / BigInt(SIGNS.length) ** BigInt(place)) % BigInt(SIGNS.length)
    return SIGNS[Number(digit)]
  })
  return grouped(signs.join(''))
}

/** The reference as it was typed or read aloud: without case, spaces and dashes. */
export const asReference = (typed: string): Reference =>
  grouped(
    codeTyped(typed)
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, ''),
  )

/** `reach`: an address, or a number in the form of E.164. */
export type Said = { reach: string; words: string }

const sealedFor = (reference: Reference): string => `support request ${reference}`

/** @throws {CannotOpen} when the master key is another one */
export const saidIn = (
  { keyring }: { keyring: Keyring },
  { reference, sealed_said: sealed }: Pick<RequestRow, 'reference' | 'sealed_said'>,
): Said => JSON.parse(keyring.open(sealed, sealedFor(reference)))

/** Answers the open one of the account where there is one: what was said first stays. */
export async function askSupport(
  needs: EventNeeds & Counts<'support-letters'>,
  tx: Tx,
  { account, said, actor }: { account: AccountId; said: Said; actor: Actor },
): Promise<void> {
  const now = needs.clock.now()
  await deleteEndedRequests(tx, account, now)
  const reference = drawReference(needs.random)
  const isNew = await insertRequest(tx, {
    reference,
    account_id: account,
    state: 'open',
    sealed_said: needs.keyring.seal(JSON.stringify(said), sealedFor(reference)),
    made_at: now,
    ended_at: null,
    expires_at: after(now, KEPT_FOR),
  })
  if (!isNew)
    return (await openRequestOf(tx, account, now)) ? undefined : askSupport(needs, tx, { account, said, actor })
  // Who asks, has it withdrawn and asks again floods no mailbox.
  const isTold = await count({ ...needs, db: tx }, 'support-letters', account)
  const asked = { facts: { reference }, notice: isTold ? { reference } : null }
  await emit(needs, tx, { kind: 'support-asked', account, ...asked }, actor)
}

/** "It was not me": an open request was made by the intruder, and is closed. */
export async function withdrawRequest(needs: EventNeeds, tx: Tx, account: AccountId, actor: Actor): Promise<void> {
  const ended = await endRequest(tx, { account_id: account }, 'withdrawn', needs.clock.now())
  if (!ended) return
  await emit(needs, tx, { kind: 'support-withdrawn', account, facts: { reference: ended.reference } }, actor)
}
