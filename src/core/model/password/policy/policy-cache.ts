/** The policy as every page and rule reads it: kept by each process, which follows a change within five seconds. */
import { after, days } from '../../../../platform/clock.ts'
import type { Db } from '../../../../platform/database/db.ts'
import type { Standard } from '../policy.ts'
import { isBelowPolicy, type PasswordFacts } from './facts.ts'
import { type AskedOf, listPolicies } from './store.ts'

/** Version 0 is the setting: it has no date, and no grace, and requires a second factor of nobody. */
export type Policy = Standard & {
  version: number
  graceDays: number
  secondStep: AskedOf
  secondStepGraceDays: number
  madeAt: Date | undefined
}

export type Policies = {
  current(): Policy
  /** Oldest first; there is one at least. */
  versions(): readonly Policy[]
  /** Reads the versions again: at start, every five seconds, and after a version was made here. */
  follow(): Promise<void>
}

export function makePolicies(db: Db, minLength: number): Policies {
  const bySetting: Policy = {
    version: 0,
    minLength,
    list: 'standard',
    graceDays: 0,
    secondStep: 'nobody',
    secondStepGraceDays: 0,
    madeAt: undefined,
  }
  let current = bySetting
  let versions: readonly Policy[] = [bySetting]
  return {
    current: () => current,
    versions: () => versions,
    async follow() {
      const rows = await listPolicies(db)
      const read = rows.map(
        (row): Policy => ({
          version: row.version,
          minLength: row.min_length,
          list: row.list,
          graceDays: row.grace_days,
          secondStep: row.second_step,
          secondStepGraceDays: row.second_step_grace_days,
          madeAt: row.made_at,
        }),
      )
      const newest = read.at(-1)
      if (!newest || newest.version <= current.version) return // an answer that was overtaken
      current = newest
      versions = read
    },
  }
}

/** When somebody signed in, and what is known of the password. */
export type SignedInWith = { authenticatedAt: Date; password: PasswordFacts | undefined }

/**
 * Until when a better password may be put off; undefined where the password is good, or nothing is known of it. Only
 * versions that were there when the person signed in count, and of those, all that asked for more than it has without
 * a break: a standard that was raised twice does not begin its grace anew.
 */
export function betterPasswordBy(
  { versions }: Pick<Policies, 'versions'>,
  { authenticatedAt, password }: SignedInWith,
): Date | undefined {
  if (!password) return undefined
  const all = versions()
  const lastMet = all.findLastIndex((policy) => !isBelowPolicy(password, policy))
  const unmet = all.slice(lastMet + 1).filter(({ madeAt }) => !madeAt || madeAt <= authenticatedAt)
  const ends = unmet.map(({ madeAt, graceDays }) => (madeAt ? after(madeAt, days(graceDays)) : new Date(0)))
  return ends.sort((a, b) => a.getTime() - b.getTime())[0]
}
