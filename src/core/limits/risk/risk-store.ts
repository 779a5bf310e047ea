/** Table `suspicions`: the abuse signals that hold, each for a network or for the whole service, with the rule and its inputs. */
import { sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db } from '../../../platform/database/db.ts'

/** The subject that is everybody. */
export const EVERYWHERE = 'everywhere'

export type AbuseSignal = {
  rule:
    | 'network-asks-often'
    | 'address-asked-often'
    | 'service-asked-often'
    | 'network-fails-often'
    | 'stuffing-everywhere'
  /** What the rule looked at. */
  inputs: Readonly<Record<string, number>>
  /** Far past the figure: several times the work. */
  dearer?: boolean
}

type SuspicionsTable = { subject: string; rule: AbuseSignal['rule']; inputs: AbuseSignal['inputs']; expires_at: Date }
declare module '../../../platform/database/db.ts' {
  interface Tables {
    suspicions: SuspicionsTable
  }
}

/** A process has no more than so many at hand: an attack from more networks is one on the whole service. */
const AT_HAND = 10_000

export type FlaggedSignal = AbuseSignal & { until: Date }

export async function signalsNow(db: Db, now: Date): Promise<Map<string, FlaggedSignal>> {
  const query = db.selectFrom('suspicions').selectAll().where('expires_at', '>', now)
  const rows = await query.orderBy('expires_at', 'desc').limit(AT_HAND).execute()
  return new Map(rows.map(({ subject, rule, inputs, expires_at: until }) => [subject, { rule, inputs, until }]))
}

export async function putSignal(db: Db, subject: string, { rule, inputs, until }: FlaggedSignal): Promise<void> {
  const facts = { rule, inputs: JSON.stringify(inputs), expires_at: until }
  await sql`insert into suspicions (subject, rule, inputs, expires_at)
    values (${subject}, ${facts.rule}, ${facts.inputs}::jsonb, ${facts.expires_at})
    on conflict (subject) do update set
      rule = excluded.rule, inputs = excluded.inputs, expires_at = excluded.expires_at`.execute(db)
}

export const deleteExpiredSignals = clearBy('suspicions', 'expires_at')
