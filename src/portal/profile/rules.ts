/**
 * Changing the name and the language. Neither opens anything to anybody, so that no fresh sign-in is asked for; the
 * account's language decides which language letters are in (H2), and products hear of both.
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { type NameProblem, parseName } from '../../core/model/account/name.ts'
import { type Account, type Profile, updateProfile } from '../../core/model/account/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { type Done, done, type Refused } from '../../platform/outcome.ts'

export type ProfileForm = { firstName: string; lastName: string; language: Language }
export type ProfileProblems = { firstName?: Refused<NameProblem>; lastName?: Refused<NameProblem> }
export type ProfileOutcome = Done | { ok: false; problems: ProfileProblems }

/** Saying again what is so already changes nothing, and nothing is written down. */
export async function changeProfile(
  needs: EventNeeds,
  account: Account,
  typed: ProfileForm,
  actor: Actor,
): Promise<ProfileOutcome> {
  const [firstName, lastName] = [parseName(typed.firstName), parseName(typed.lastName)]
  if (!firstName.ok || !lastName.ok)
    return { ok: false, problems: { ...(!firstName.ok && { firstName }), ...(!lastName.ok && { lastName }) } }
  const profile = { firstName: firstName.name, lastName: lastName.name, language: typed.language }
  await transact(needs.db, async (tx) => {
    if (!(await updateProfile(tx, account.id, profile))) return
    const changed = changesOf(account, profile)
    await emit(needs, tx, { kind: 'profile-changed', account: account.id, facts: { changed } }, actor)
  })
  return done({})
}

/** What is another, by its name alone: the history keeps no former names. */
const changesOf = (before: Profile, now: Profile): (keyof Profile)[] =>
  (['firstName', 'lastName', 'language'] as const).filter((part) => before[part] !== now[part])
