/**
 * What a rule answers. A refusal is something the person in front of the screen can act on,
 * so it is a value with a named reason, and the figures its sentence needs. A fault (a bug, a broken database) is thrown.
 */
export type Done<Value = unknown> = { readonly ok: true } & Value
export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason; readonly figures: Figures }
export type Figures = Readonly<Record<string, string | number>>

export const done = <Value extends object>(value: Value): Done<Value> => ({ ok: true, ...value })
export const refused = <Reason extends string>(reason: Reason, figures: Figures = {}): Refused<Reason> => ({
  ok: false,
  reason,
  figures,
})
