/**
 * A row that opens something carries a mark of what it opens, made with the master key (HMAC). Whoever can write the
 * database, and has no key, can neither make such a row up nor move one: to another account, level or kind.
 */
import { canonical } from '../canonical.ts'
import type { Keyring } from './keyring.ts'

/** `key`: the columns that name a row. `identity`: whose it is, and what it opens: what the mark covers. */
export type Bound<Part> = {
  readonly table: string
  readonly key: readonly string[]
  identity(part: Part): readonly unknown[]
}

type Needs = { keyring: Keyring }

const purposeOf = ({ table }: Pick<Bound<never>, 'table'>): string => `row of ${table}`

/** For the column `mac` of a row. */
export const macOf = <Part>({ keyring }: Needs, bound: Bound<Part>, part: Part): string =>
  keyring.mark(canonical(bound.identity(part)), purposeOf(bound))

/** Whether a service with a key of the ring wrote the row as it stands, as far as its identity goes. */
export const fitsMac = <Part>({ keyring }: Needs, bound: Bound<Part>, part: Part, mac: string | null): boolean =>
  mac !== null && keyring.fits(canonical(bound.identity(part)), purposeOf(bound), mac)

/** The same, and while the rows of a version before are taken in (cli/installation/taking-in.ts) any row. */
export const isOurs = <Part>(needs: Needs, bound: Bound<Part>, part: Part & { mac: string | null }): boolean =>
  fitsMac(needs, bound, part, part.mac) || needs.keyring.unbound.areAccepted()
