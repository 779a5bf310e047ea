/**
 * Of whom a second way to sign in is required (E1): by the policy, of everyone or of staff; by a product, of who goes
 * there. Whoever has none is led to set one up. It may be replaced, and the last one stays.
 */
import { sql } from 'kysely'
import { after, days } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import { type Account, everyAccount } from '../../model/account/store.ts'
import { hasSecondStep } from '../../model/factor/store.ts'
import type { Policies, Policy } from '../../model/password/policy/current.ts'
import type { Product } from '../../model/product/product.ts'
import { usesWhatRequiresSecondStep } from '../../model/product/store.ts'

export type RequiredNeeds = { policies: Pick<Policies, 'versions'> }
export type Person = { staffSince: Date | null | undefined }

/** Until when somebody without a second way may put it off; undefined where none is required of them. */
export function secondWayBy(
  { policies }: RequiredNeeds,
  person: Person,
  product?: Pick<Product, 'secondStep'>,
): Date | undefined {
  const required = product?.secondStep
  return earliest([byPolicy(policies, person), required && after(new Date(required.since), days(required.graceDays))])
}

/**
 * From the day on which it was first asked of this person without a break, as many days as the newest version says: an
 * operator gives more time by saying more days, and a version about something else begins nothing anew.
 */
function byPolicy({ versions }: Pick<Policies, 'versions'>, person: Person): Date | undefined {
  const asked = versions().map((version) => askedSince(version, person))
  const since = earliest(asked.slice(asked.lastIndexOf(undefined) + 1))
  return since && after(since, days(versions().at(-1)?.secondStepGraceDays ?? 0))
}

function askedSince({ secondStep, madeAt }: Policy, { staffSince }: Person): Date | undefined {
  if (!madeAt || secondStep === 'everyone') return madeAt
  return secondStep === 'staff' && staffSince ? new Date(Math.max(madeAt.getTime(), staffSince.getTime())) : undefined
}

const earliest = (dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.filter((date) => date !== undefined).sort((a, b) => a.getTime() - b.getTime())[0]

/** Whether the account has to keep a second way: by the policy, whatever is left of its grace, or by a product it uses. */
export const mustKeepOne = async (needs: RequiredNeeds, tx: Tx, account: Account): Promise<boolean> =>
  secondWayBy(needs, account) !== undefined || (await usesWhatRequiresSecondStep(tx, account.id))

export type Without = { everyone: number; staff: number }

/** How many accounts have no second way: of all, and of those of staff. */
export async function countWithoutSecondWay(db: Db): Promise<Without> {
  return everyAccount(db)
    .select([sql<number>`count(*)::int`.as('everyone'), sql<number>`count(staff_since)::int`.as('staff')])
    .where((eb) => eb.not(hasSecondStep(sql.ref('accounts.id'))))
    .executeTakeFirstOrThrow()
}
