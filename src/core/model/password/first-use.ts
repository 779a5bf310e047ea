/**
 * The column `first_use` of the table `passwords`: the person who chose this password read the mailbox of the account then, or
 * another service says so, and nobody has signed in since. Such a sign-in is from nowhere in particular: it is not doubted,
 * once. The column holds a mark (HMAC under the master key): write access to the database without the key cannot make one.
 */

import { sql } from 'kysely'
import type { Keys } from '../../../platform/needs.ts'
import type { AccountId } from '../account/store.ts'

type Password = { account: AccountId; hash: string }

const MARKED_FOR = 'first use of a password'
const marked = ({ account, hash }: Password): string => `${account} ${hash}`

/** For the column, where `mayBeAnywhere`. */
export const firstUseOf = ({ keyring }: Keys, password: Password, mayBeAnywhere: boolean): string | null =>
  mayBeAnywhere ? keyring.mark(marked(password), MARKED_FOR) : null

export const isFirstUse = ({ keyring }: Keys, password: Password, mark: string | null): boolean =>
  mark !== null && keyring.fits(marked(password), MARKED_FOR, mark)

/** As a part of another statement: somebody has signed in to the account, whatever the way. */
export const firstUseSpent = (account: AccountId) => sql`
  (update passwords set first_use = null where account_id = ${account} and first_use is not null)`
