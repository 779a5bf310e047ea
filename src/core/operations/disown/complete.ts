import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { Writes } from '../../../platform/needs.ts'
import { type AccountId, holdAccount } from '../../model/account/store.ts'
import { lookAtLink, takeLink } from '../../model/one-time/one-time.ts'
import type { HashedPassword } from '../../model/password/hashing.ts'
import { endRecoveriesUntil, findRecovery, type Recovery } from '../../model/recovery/store.ts'
import { type Replaced, replacePassword } from '../password/replace-password.ts'
import { type DisownNeeds, secure } from './disown.ts'
import { giveAddressBack } from './give-address-back.ts'
import { askForOlderWay } from './older-way.ts'

/** Whose link it is, while it works; nothing changes by looking. */
export async function recoveryOf(needs: Writes, link: string): Promise<Recovery | undefined> {
  const [account, id = ''] = (await lookAtLink(needs, 'take-back', link))?.split(' ') ?? []
  const recovery = account === undefined ? undefined : await findRecovery(needs.db, id, needs.clock.now())
  return recovery?.account_id === account ? recovery : undefined
}

export type Completion = { link: string; recovery: Recovery; password: HashedPassword; actor: Actor }

/** Undefined where the link works no more. @throws {AddressTaken} */
export async function completeRecovery(
  needs: DisownNeeds,
  tx: Tx,
  { link, recovery, password, actor }: Completion,
): Promise<Replaced | undefined> {
  const id: AccountId = recovery.account_id
  const held = await holdAccount(tx, id)
  const isOpen = held && (await findRecovery(tx, recovery.id, needs.clock.now())) // somebody may have ended it meanwhile
  if (!isOpen || !(await takeLink(needs, tx, 'take-back', `${id} ${recovery.id}`, link))) return undefined
  const isMoved = held.email !== recovery.email
  if (isMoved) await giveAddressBack(needs, tx, held, recovery.email, actor)
  await secure(needs, tx, held, actor)
  if (isMoved) await askForOlderWay(needs, tx, id, actor)
  await endRecoveriesUntil(tx, id, recovery.id)
  const account = { ...held, email: recovery.email }
  return replacePassword(needs, tx, { account, password, kind: 'password-reset', actor, byRecovery: true })
}
