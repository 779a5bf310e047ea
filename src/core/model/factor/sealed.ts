/** What is sealed: the key of an app in its row, and what a page offers until the person confirms it. */
import { after, type Clock, type Duration } from '../../../platform/clock.ts'
import { CannotOpen, type Keyring } from '../../../platform/secrets/keyring.ts'
import type { FactorId } from './store.ts'

const sealedFor = (id: FactorId): string => `key of app ${id}`

export const sealKey = ({ keyring }: { keyring: Keyring }, id: FactorId, key: string): string =>
  keyring.seal(key, sealedFor(id))

/** @throws {CannotOpen} when the master key is another one */
export const keyOfApp = (
  { keyring }: { keyring: Keyring },
  { id, sealedKey }: { id: FactorId; sealedKey: string | null },
): string | undefined => (sealedKey === null ? undefined : keyring.open(sealedKey, sealedFor(id)))

type Needs = { keyring: Keyring; clock: Clock }

const offeredTo = (whom: string, what: string): string => `${what} offered to ${whom}`

/**
 * Seals what a page offers and its form brings back: it is not stored before the person confirms it. It holds for one account or
 * browser, and until then.
 */
export const sealOffer = ({ keyring, clock }: Needs, whom: string, what: string, offer: string, lives: Duration) =>
  keyring.seal(JSON.stringify({ offer, until: after(clock.now(), lives).toISOString() }), offeredTo(whom, what))

/** The offer; undefined if it has expired or was made to another account or browser. */
export function openOffer({ keyring, clock }: Needs, whom: string, what: string, sealed: string): string | undefined {
  try {
    const { offer, until } = JSON.parse(keyring.open(sealed, offeredTo(whom, what)))
    return clock.now() < new Date(until) ? offer : undefined
  } catch (error) {
    if (error instanceof CannotOpen) return undefined
    throw error
  }
}
