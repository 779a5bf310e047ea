/** What a slice registers: each exports one manifest from its `slice.ts`, `slices.ts` lists them, app.ts, the gallery and the tests fold over the list. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import type { Clear } from './platform/database/clear-away.ts'
import type { Language } from './platform/languages/languages.ts'
import type { AllJobs } from './platform/outbox/jobs.ts'
import type { Readers } from './platform/outbox/outbox.ts'
import type { Web } from './platform/web/web.ts'
import type { Letter } from './ui/letter/letter.tsx'
import type { MessageSample } from './ui/letter/samples.tsx'
import type { LetterSample, PageSample } from './ui/samples.tsx'

export type Samples = {
  pages?: Record<string, PageSample>
  letters?: Record<string, LetterSample>
  messages?: Record<string, MessageSample>
}

/**
 * A manifest says `satisfies Slice`, and slices.ts checks that there is what each part takes: `Service` for what answers people
 * and operators, `World` for what the service does by itself.
 */
export type Slice<Service = never, World = never> = {
  /** Its pages. */
  routes?: (needs: Service) => Hono<Web>
  /** Its part of the operator's API, and what takes a larger body than usual: KiB by its path below /api/v1. */
  api?: (needs: Service) => OpenAPIHono<Web>
  larger?: Readonly<Record<string, number>>
  /** What is asked without a browser and without the operator's token. */
  plain?: (needs: World, database: { ping(): Promise<void> }) => Hono
  /** Its letters and its jobs, by the name they are posted under (platform/outbox/outbox.ts). */
  letters?: Partial<Readers<'mail', [language: Language], Letter>>
  jobs?: Partial<AllJobs<World>>
  /** What deletes its rows when their time is over. Nothing depends on that: every query decides what still holds. */
  expiring?: readonly Clear<World>[]
  /** Every state of its pages, letters and texts: for the gallery and the tests, never loaded by the service. */
  samples?: () => Promise<Samples>
}

/** The letters, or the jobs, of all slices in one table, with the type of every one of them. */
type Every<One, Part extends string> = (
  One extends Record<Part, infer Table extends object>
    ? (table: Table) => void
    : never
) extends (tables: infer All extends object) => void
  ? All
  : never

/** @throws where two slices have the same name. That no name is missing is checked by the type of the parameter it is passed to. */
export function every<const Slices extends Record<string, Slice>, Part extends 'letters' | 'jobs'>(
  slices: Slices,
  part: Part,
): Every<Slices[keyof Slices], Part> {
  const tables = Object.values(slices).map((slice) => slice[part] ?? {})
  const names = tables.flatMap(Object.keys)
  const twice = names.filter((name, n) => names.indexOf(name) < n)
  if (twice.length > 0) throw new Error(`two slices have the same ${part}: ${twice.join(', ')}`)
  return Object.assign({}, ...tables)
}
