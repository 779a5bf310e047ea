/**
 * Argon2id (RFC 9106, the library's default algorithm) with a pepper that is not in the database. A hash that another
 * service has made is kept sealed under the same master key, until its person signs in and gets one of ours.
 */
import { hash, verify } from '@node-rs/argon2'
import type { Random } from '../../../platform/random.ts'
import { type Bound, isOurs } from '../../../platform/secrets/bound-row.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import { readForeign } from './foreign/foreign.ts'
import type { Foreign } from './foreign/reader.ts'
import type { ForWhom, HashLane } from './hash-lane.ts'
import { openFacts, sealFacts } from './policy/facts.ts'
import type { Password } from './policy.ts'

/**
 * A PHC string, the id of the pepper that went into it, and what a policy asks of the password (policy/facts.ts); of a
 * foreign hash the sealed text, and `foreign`. `boundTo`: whose row it was found in; without one it is nobody's yet.
 */
export type HashedPassword = {
  hash: string
  pepperId: string
  sealedFacts?: string | null
  boundTo?: { account: AccountId; mac: string | null }
}

type BoundPart = { account_id: AccountId; hash: string; pepper_id: string }
/** The hash of one account opens no other. */
export const boundPassword: Bound<BoundPart> = {
  table: 'passwords',
  identity: ({ account_id, hash, pepper_id }) => [account_id, hash, pepper_id],
}
export type Cost = { memoryKib: number; passes: number }

/** `forWhom`: whose turn in the lane it takes (hash-lane.ts): the account where it knows the browser, else the network. */
export type Hashing = {
  make(password: Password, forWhom?: ForWhom): Promise<HashedPassword>
  /**
   * Whether the password is the one that was hashed: by Argon2id (RFC 9106), a foreign hash by its own algorithm. Without a
   * hash, or a password, the same work is done for nothing, so that an unknown address takes as long as a known one (OWASP
   * ASVS 5.0, 6.3.8). `fits` is false as well for a hash that the service did not write into that row for that account.
   * `stale`: one of ours should take its place, since it was made with another cost than today's, with a former pepper or
   * elsewhere, or is without its facts.
   * @throws {Busy} where the lane is full; {CannotOpen} where its master key is not in the ring
   */
  check(
    password: Password | undefined,
    hashed: HashedPassword | undefined,
    forWhom?: ForWhom,
  ): Promise<{ fits: boolean; stale: boolean }>
  /** Of a hash its algorithm and cost: what may be told of it. */
  formatOf(hashed: HashedPassword): string
}

const FOREIGN = 'foreign'
const SEALED_FOR = 'foreign hash'

export const isForeign = ({ pepperId }: HashedPassword): boolean => pepperId === FOREIGN

/** A hash that `readForeign` has accepted, as it is kept. */
export const keepForeign = (keyring: Keyring, text: string): HashedPassword => ({
  hash: keyring.seal(text, SEALED_FOR),
  pepperId: FOREIGN,
})

/** The text of a foreign hash that was kept. @throws {CannotOpen} without its master key */
export const foreignText = (keyring: Keyring, { hash }: HashedPassword): string => keyring.open(hash, SEALED_FOR)

function foreignOf(keyring: Keyring, hashed: HashedPassword): Foreign {
  const read = readForeign(foreignText(keyring, hashed))
  if (!read.ok) throw new Error(`a foreign hash was taken in that cannot be read: ${read.reason}`)
  return read.foreign
}

export function makeHashing(keyring: Keyring, lane: HashLane, random: Random, cost: Cost): Hashing {
  const options = { memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 }
  const make = (password: string, forWhom?: ForWhom): Promise<HashedPassword> =>
    lane.run(async () => {
      const pepper = keyring.pepper()
      const salt = random.bytes(16)
      const made = await hash(password, { ...options, salt, secret: pepper.key })
      return { hash: made, pepperId: pepper.id, sealedFacts: sealFacts(keyring, password, made) }
    }, forWhom)
  const decoy = make('nobody has this password')
  decoy.catch(() => {}) // thrown again where it is awaited

  return {
    make,
    async check(password, hashed, forWhom) {
      const target = (password && hashed) ?? (await decoy)
      const fits = await lane.run(
        () =>
          isForeign(target)
            ? foreignOf(keyring, target).fits(password ?? '')
            : verify(target.hash, password ?? '', { secret: keyring.pepper(target.pepperId).key }),
        forWhom,
      )
      const own = hashed !== undefined && password !== undefined
      const stale = own && (hashed.pepperId !== keyring.pepper().id || !hashed.hash.includes(parameters(cost)))
      const measured = own && openFacts(keyring, hashed.hash, hashed.sealedFacts) !== undefined
      return { fits: own && fits && isWhereItBelongs(keyring, hashed), stale: stale || (own && !measured) }
    },
    formatOf: (hashed) =>
      isForeign(hashed)
        ? foreignOf(keyring, hashed).format
        : hashed.hash
            .split('$')
            .slice(1, 4)
            .filter((part) => !part.startsWith('v='))
            .join(' '),
  }
}

function isWhereItBelongs(keyring: Keyring, { hash, pepperId: pepper_id, boundTo }: HashedPassword): boolean {
  if (!boundTo) return true
  const { account: account_id, mac } = boundTo
  return isOurs({ keyring }, boundPassword, { account_id, hash, pepper_id, mac })
}

const parameters = ({ memoryKib, passes }: Cost): string => `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$`
