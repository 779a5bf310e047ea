/** What is asked of passwords, and who needs a second factor: every change is a new version, and its price can be known beforehand. */

import { isDeepStrictEqual } from 'node:util'
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { isBelowPolicy, openFacts } from '../../core/model/password/policy/facts.ts'
import type { Policies, Policy } from '../../core/model/password/policy/policy-cache.ts'
import { insertPolicy } from '../../core/model/password/policy/store.ts'
import type { Standard } from '../../core/model/password/policy.ts'
import { passwordsAfter } from '../../core/model/password/store.ts'
import { countNotEnrolled, type NotEnrolled } from '../../core/operations/factor/required.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = EventNeeds & { policies: Policies }

export type PolicyProblem = 'policy-changed-meanwhile' | 'nothing-asked'
/** What is not said stays as it is. */
export type PolicyChange = Partial<PolicyValues>
type PolicyValues = Omit<Policy, 'version' | 'madeAt'>

export async function showPolicy({ policies }: Needs): Promise<readonly Policy[]> {
  await policies.follow()
  return policies.versions()
}

/** Makes a version; what is asked already makes none. Holds here at once, within five seconds on every other process. */
export async function setPolicy(
  needs: Needs,
  change: PolicyChange,
  actor: Actor,
): Promise<Done<{ policy: Policy }> | Refused<PolicyProblem>> {
  if (Object.keys(change).length === 0) return refused('nothing-asked')
  const { policies, db, clock } = needs
  await policies.follow()
  const before = policies.current()
  const { version: last, madeAt: _madeAt, ...asked } = before
  const facts = { ...asked, ...change, version: last + 1 }
  if (last > 0 && isDeepStrictEqual({ ...asked, ...change }, asked)) return done({ policy: before })
  const isFirst = await transact(db, async (tx) => {
    const inserted = await insertPolicy(tx, {
      version: facts.version,
      min_length: facts.minLength,
      list: facts.list,
      grace_days: facts.graceDays,
      second_step: facts.secondStep,
      second_step_grace_days: facts.secondStepGraceDays,
      made_at: clock.now(),
    })
    if (inserted) await emit(needs, tx, { kind: 'policy-changed', account: null, facts }, actor)
    return inserted
  })
  await policies.follow()
  return isFirst
    ? done({ policy: policies.current() })
    : refused('policy-changed-meanwhile', { version: facts.version })
}

/** Passwords by what a standard would mean to them; unknown: not typed since their facts are kept. */
export type Preview = {
  accounts: number
  mustChange: number
  fit: number
  unknown: number
  notEnrolled: NotEnrolled
}

const BATCH = 2_000

/** Reads every password's facts in batches, between which others are served: 100,000 take a few seconds. */
export async function previewPolicy({ db, keyring, policies }: Needs, change: Partial<Standard>): Promise<Preview> {
  const standard = { ...policies.current(), ...change }
  const notEnrolled = await countNotEnrolled(db)
  const preview: Preview = { accounts: 0, mustChange: 0, fit: 0, unknown: 0, notEnrolled }
  for (let last = '', read = BATCH; read === BATCH; ) {
    const rows = await passwordsAfter(db, last, BATCH)
    for (const { hash, sealed_facts } of rows) {
      const facts = openFacts(keyring, hash, sealed_facts)
      if (!facts) preview.unknown++
      else if (isBelowPolicy(facts, standard)) preview.mustChange++
      else preview.fit++
    }
    preview.accounts += rows.length
    read = rows.length
    last = rows.at(-1)?.owner ?? last
  }
  return preview
}
