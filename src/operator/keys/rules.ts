/** The keys that sign tokens, as the operator sees them: never the keys themselves. */
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/db.ts'

export type SigningKey = {
  id: string
  algorithm: 'ES256' | 'RS256'
  /** `next` is published before it signs, `retired` as long as a token of it may be met. */
  state: 'next' | 'current' | 'retired'
  made_at: Date
  retired_at: Date | null
}

export type SigningKeys = {
  list(): Promise<SigningKey[]>
  rotate(alsoWithin: (tx: Tx) => Promise<void>): Promise<void>
  /** Lets this process sign with the keys as they are now; others follow within five seconds. */
  follow(): Promise<void>
}
export type Needs = EventNeeds & { keys: SigningKeys }

export const listSigningKeys = ({ keys }: Needs): Promise<SigningKey[]> => keys.list()

/** The waiting keys sign from now on; those that signed stay published. */
export async function rotateSigningKeys(needs: Needs, actor: Actor): Promise<SigningKey[]> {
  await needs.keys.rotate((tx) => emit(needs, tx, { kind: 'keys-rotated', account: null }, actor))
  await needs.keys.follow()
  return needs.keys.list()
}
