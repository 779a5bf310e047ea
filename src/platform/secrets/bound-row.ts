/**
 * A row that opens something carries a mark of what it opens, made with the master key (HMAC). Somebody who can write the
 * database, and has no key, can neither make such a row up nor move one: to another account, level or kind.
 */

import { canonical } from '../canonical.ts'
import type { Keys } from '../needs.ts'

/** `identity`: whose the row is, and what it opens: what the mark covers. */
export type Bound<Part> = {
  readonly table: string
  identity(part: Part): readonly unknown[]
}

const purposeOf = ({ table }: Pick<Bound<never>, 'table'>): string => `row of ${table}`

/** For the column `mac` of a row. */
export const macOf = <Part>({ keyring }: Keys, bound: Bound<Part>, part: Part): string =>
  keyring.mark(canonical(bound.identity(part)), purposeOf(bound))

/** Whether a service with a key of the ring wrote the row as it stands, as far as its identity goes. */
export const isOurs = <Part>({ keyring }: Keys, bound: Bound<Part>, part: Part & { mac: string | null }): boolean =>
  part.mac !== null && keyring.fits(canonical(bound.identity(part)), purposeOf(bound), part.mac)
