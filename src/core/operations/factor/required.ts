/**
 * Who needs a second factor (E1): the policy requires one of everyone or of staff; a product, of the people who open it.
 * People without one are led to set one up. The last one can be replaced and not removed.
 */
import { sql } from 'kysely'
import { after, days } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import { type Account, everyAccount } from '../../model/account/store.ts'
import { hasSecondFactor } from '../../model/factor/store.ts'
import type { Policies, Policy } from '../../model/password/policy/policy-cache.ts'
import type { Product } from '../../model/product/product.ts'
import { usesWhatRequiresSecondStep } from '../../model/product/store.ts'

export type RequiredNeeds = { policies: Pick<Policies, 'versions'> }
export type Person = { staffSince: Date | null | undefined }

/** Until when a person without a second factor may postpone it; undefined where none is required. */
export function secondFactorRequiredBy(
  { policies }: RequiredNeeds,
  person: Person,
  product?: Pick<Product, 'secondStep'>,
): Date | undefined {
  const required = product?.secondStep
  return earliest([byPolicy(policies, person), required && after(new Date(required.since), days(required.graceDays))])
}

/**
 * The days of grace of the newest version, counted from the first of the versions in a row that require it of this person. More
 * days in a new version extend the time; a new version about something else does not start it again.
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

/** Whether the last second factor has to stay: the policy requires one, in its days of grace too, or a product that is used. */
export const mustKeepSecondFactor = async (needs: RequiredNeeds, tx: Tx, account: Account): Promise<boolean> =>
  secondFactorRequiredBy(needs, account) !== undefined || (await usesWhatRequiresSecondStep(tx, account.id))

export type NotEnrolled = { everyone: number; staff: number }

/** How many accounts have no second factor: of all, and of staff. */
export async function countNotEnrolled(db: Db): Promise<NotEnrolled> {
  return everyAccount(db)
    .select([sql<number>`count(*)::int`.as('everyone'), sql<number>`count(staff_since)::int`.as('staff')])
    .where((eb) => eb.not(hasSecondFactor(sql.ref('accounts.id'))))
    .executeTakeFirstOrThrow()
}
