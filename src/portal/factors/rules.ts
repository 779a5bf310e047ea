/** The factors of an account: the list, and their names. A new name sends a notice. */
import type { Account } from '../../core/model/account/store.ts'
import { everyFactorKind } from '../../core/model/factor/kinds.ts'
import { type CodesLeft, codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { type FactorId, type FactorRow, factorsOf, setFactorName } from '../../core/model/factor/store.ts'
import { type FactorChangeNeeds, factorChanged } from '../../core/operations/factor/add-factor.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { charactersIn, normalForm } from '../../platform/text.ts'

/** What the page of factors confirms: a kind stands for one that was set up. */
export const completions = [...everyFactorKind, 'removed', 'renamed', 'kept', 'two-step-on', 'two-step-off'] as const
export type Completion = (typeof completions)[number]

export type Ways = { factors: readonly FactorRow[]; codes: CodesLeft }

export const waysOf = async ({ db }: FactorChangeNeeds, { id }: Account): Promise<Ways> => ({
  factors: await factorsOf(db, id),
  codes: await codesLeft(db, id),
})

const LONGEST_NAME = 60
/** Of the input, in code units, before it is normalised. */
const LONGEST_TYPED = 300
export type NameProblem = 'name-too-long'

/** Gives a factor another name; an empty one removes its name. */
export async function renameFactor(
  needs: FactorChangeNeeds,
  account: Account,
  { id, name: typed }: { id: FactorId; name: string },
  actor: Actor,
): Promise<Done | Refused<NameProblem>> {
  const name = normalForm(typed.trim(), 'NFC', LONGEST_TYPED)
    ?.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '')
    .trim()
  if (name === undefined || charactersIn(name) > LONGEST_NAME) return refused('name-too-long', { limit: LONGEST_NAME })
  await transact(needs.db, async (tx) => {
    const factor = (await factorsOf(tx, account.id)).find((one) => one.id === id)
    if (!factor || !(await setFactorName(tx, account.id, id, name))) return
    await factorChanged(needs, tx, { account, kind: 'factor-renamed', way: factor.kind, name, actor })
  })
  return done({})
}
