/**
 * What a rule answers. A refusal is something the person in front of the screen can act on,
 * so it is a value with a named reason. A fault (a bug, a broken database) is thrown.
 */
export type Done<Value = unknown> = { readonly ok: true } & Value
export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason }

export const done = <Value extends object>(value: Value): Done<Value> => ({ ok: true, ...value })
export const refused = <Reason extends string>(reason: Reason): Refused<Reason> => ({ ok: false, reason })

/** The reasons an outcome can carry: `ReasonOf<SignInOutcome>` is `'not-recognised' | …`. */
export type ReasonOf<Outcome> = Outcome extends Refused<infer Reason> ? Reason : never
