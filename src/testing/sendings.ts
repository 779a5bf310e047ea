/** Texts to numbers of one block, each with a person and a network of its own, and what comes of them. */

import { countPhoneMessage, phoneCodeEntered, type Sending } from '../core/limits/phone-limits.ts'
import type { AccountId } from '../core/model/account/store.ts'
import { transact } from '../platform/database/db.ts'
import { type PhoneNumber, parseNumber } from '../platform/phone/number.ts'
import type { TestWorld } from './world.ts'

/** The nth number of a block of ten thousand in Ottawa. */
export const inBlock = (block: number, n = 0): PhoneNumber => {
  const outcome = parseNumber(`+1613${block}${String(n).padStart(4, '0')}`, 'CA')
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.number
}
export const accountOf = (name: string): AccountId => `acc_${name}` as AccountId
export const sendingOf = (n: number, block = 236): Sending => ({
  number: inBlock(block, n),
  account: accountOf(`${block}-${n}`),
  network: `10.0.${block}.${n}`,
  purpose: 'new-way',
})

export const count = (world: TestWorld, sending: Sending) =>
  transact(world.db, (tx) => countPhoneMessage(world, tx, sending))
export const enter = (world: TestWorld, sending: Sending) =>
  transact(world.db, (tx) => phoneCodeEntered(world, tx, sending))
export async function answer(world: TestWorld, sending: Sending): Promise<string> {
  const outcome = await count(world, sending)
  return outcome.ok ? 'sent' : outcome.reason
}
