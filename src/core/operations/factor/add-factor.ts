/** What goes with every change of the factors of an account: the event, and, but for a new name, no browser skips the second step any more. */

import type { Actor } from '../../../platform/actor.ts'
import { after, type Duration } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { macOf } from '../../../platform/secrets/bound-row.ts'
import type { EventKind } from '../../events/catalogue.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import type { Account, AccountId } from '../../model/account/store.ts'
import { type FactorKind, factorKinds, turnsTwoStepOn } from '../../model/factor/kinds.ts'
import { boundFactor, type FactorId, type FactorRow, insertFactor } from '../../model/factor/store.ts'
import { revokeTrustedBrowsers } from '../../model/session/browsers.ts'
import type { Session } from '../../model/session/session.ts'
import { markFactor } from '../../model/session/store.ts'
import { switchTwoStep } from './two-step.ts'

/** `coolingOff`: how long a factor that was added proves nothing by itself. */
export type FactorFigures = { coolingOff: Duration }
export type FactorChangeNeeds = EventNeeds & { figures: FactorFigures }

/** Whether there are as many of a kind as a person may have. */
export const hasMost = (there: readonly { kind: FactorKind }[], kind: FactorKind): boolean =>
  there.filter((one) => one.kind === kind).length >= factorKinds[kind].most

export type FactorChange = {
  account: Account
  kind: Extract<EventKind, `factor-${string}`>
  way: FactorKind
  name: string
  actor: Actor
  /** What two-step verification was turned by it. */
  twoStep?: 'on' | 'off' | undefined
}

export async function factorChanged(needs: FactorChangeNeeds, tx: Tx, change: FactorChange): Promise<void> {
  const { account, kind, way, name, actor, twoStep } = change
  if (kind !== 'factor-renamed') await revokeTrustedBrowsers(tx, account.id)
  const said = { facts: { way }, personal: { name }, notice: { way, twoStep } }
  await emit(needs, tx, { kind, account: account.id, ...said }, actor)
}

type By = { account: Account; session: Session; actor: Actor }
type Added = { id: FactorId; kind: FactorKind } & Partial<
  Pick<FactorRow, 'sealed_key' | 'last_step' | 'contact' | 'cooling_off_until'>
>

/** A factor of which nobody is told: the account is made with it. */
export function insertNewFactor(
  needs: Pick<FactorChangeNeeds, 'clock' | 'keyring'>,
  tx: Tx,
  account_id: AccountId,
  added: Added,
): Promise<void> {
  const none = { name: '', sealed_key: null, last_step: null, contact: null, cooling_off_until: null }
  const row = { ...none, made_at: needs.clock.now(), last_used_at: null, ...added, account_id }
  return insertFactor(tx, { ...row, mac: macOf(needs, boundFactor, row) })
}

/** A factor that was proved just now in this session. */
export async function addFactor(
  needs: FactorChangeNeeds,
  tx: Tx,
  { account, session, actor }: By,
  added: Added,
): Promise<void> {
  const now = needs.clock.now()
  await insertNewFactor(needs, tx, account.id, { ...added, cooling_off_until: after(now, needs.figures.coolingOff) })
  await markFactor(needs, tx, session.uid, now)
  const isOn =
    turnsTwoStepOn(added.kind) &&
    (await switchTwoStep(needs, tx, { account: account.id, on: true, notice: null, actor }))
  const twoStep = isOn ? 'on' : undefined
  await factorChanged(needs, tx, { account, kind: 'factor-added', way: added.kind, name: '', actor, twoStep })
}
