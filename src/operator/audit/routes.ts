/** The audit log over the API: verified and exported in pages, so that neither memory nor a request grows with it. */

import { createRoute, z } from '@hono/zod-openapi'
import { contradicted } from '../../core/events/audit-log/checkpoints.ts'
import { type Event, type Flaw, type FlawKind, flawKinds, walk } from '../../core/events/audit-log/verify.ts'
import type { EventNeeds } from '../../core/events/emit.ts'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, jsonOf, problemAnswer } from '../api.ts'
import { readEvents } from './rules.ts'

export type Needs = EventNeeds & { actorOf(c: WebContext): Actor }

/** What is said of a flaw; `{seq}` and `{id}` are its own. */
const sentences: Readonly<Record<FlawKind, string>> = {
  edited: 'Row {seq} ({id}) was edited: it is not what the service wrote.',
  personal:
    'Row {seq} ({id}) was edited: its network, browser or personal facts are not what the service wrote, or are gone though the account was not erased.',
  added: 'Row {id} was added: the service did not write it there.',
  deleted: 'Row {seq} was deleted.',
  reordered: 'The rows were reordered: {id} was written as row {seq} and stands elsewhere.',
  truncated: 'The log was truncated: row {seq} was written, and there is no such row any more.',
  head: 'The head of the log was edited: it is not that of the last row, {seq}.',
  rewritten:
    'The log was rewritten: a checkpoint was signed for another row {seq}, so rows up to it were deleted or reordered since.',
  forged: 'The checkpoint of row {seq} is forged: no master key of this service, present or former, signed it.',
}

const place = {
  seq: z.int().min(0).openapi({ description: 'The number of the last row that was verified; 0 before the first.' }),
  hash: z.string().max(64).openapi({ description: 'The hash of that row; empty before the first.' }),
}
const flawSchema = z
  .object({
    kind: z.enum(flawKinds),
    seq: z.int().openapi({ description: 'Which place of the log is the first wrong one.' }),
    id: z.string().nullable().openapi({ description: 'The row that is meant, where there is one.' }),
    detail: z.string(),
  })
  .nullable()
  .openapi('AuditFlaw')
const walkSchema = z.object({
  at: z.object(place),
  total: z.int().openapi({ description: 'How many rows the log has.' }),
  done: z.boolean(),
  flaw: flawSchema.openapi({ description: 'The first row that is wrong.' }),
})
const checkpointSchema = z.object({
  chain: z.string().max(40),
  ...place,
  at: z.string().max(40),
  key: z.string().max(40),
  signature: z.string().max(200),
})
const checkedSchema = z.object({ flaw: flawSchema })
const eventSchema = z
  .object({
    seq: z.int(),
    id: z.string(),
    at: z.iso.datetime(),
    kind: z.string(),
    account: z.string().nullable(),
    actor: z
      .object({
        kind: z.string().openapi({ description: '`person`, `staff`, `api-token` or `system`.' }),
        id: z.string().nullable().openapi({ description: 'Null where nobody has proved who they are.' }),
        on_behalf_of: z.string().nullable(),
        request: z.string().openapi({ description: 'The X-Request-Id; empty where no request led to it.' }),
      })
      .openapi({ description: 'Who did it; the mark and the hash cover it.' }),
    facts: z.record(z.string(), z.unknown()),
    personal: z.record(z.string(), z.unknown()),
    network: z.string(),
    user_agent: z.string(),
    salt: z.string().nullable().openapi({ description: 'Null where the personal parts went with their account.' }),
    commitment: z.string().openapi({ description: 'SHA-256 of the salt, network, user agent and personal facts.' }),
    mark: z.string(),
    hash: z.string(),
  })
  .openapi('AuditEvent')
const eventsSchema = z.object({ events: z.array(eventSchema) })
export type WalkAnswer = z.infer<typeof walkSchema>
export type CheckpointLine = z.infer<typeof checkpointSchema>
export type CheckedAnswer = z.infer<typeof checkedSchema>
export type EventsAnswer = z.infer<typeof eventsSchema>

const tags = ['audit']
const countOf = (most: number) => z.coerce.number().int().min(1).max(most).default(most)
const after = z.coerce.number().int().min(0).default(0)

const verify = createRoute({
  method: 'get',
  path: '/audit/verification',
  operationId: 'verifyAuditLog',
  tags,
  summary: 'Verifies the next rows of the audit log after a place that was verified before',
  request: { query: z.object({ seq: after, hash: place.hash.default(''), count: countOf(20_000) }) },
  responses: { 200: jsonOf('How far it came, and what is wrong.', walkSchema), default: problemAnswer },
})
const check = createRoute({
  method: 'post',
  path: '/audit/verification',
  operationId: 'verifyAuditCheckpoints',
  tags,
  summary: 'Verifies that checkpoints are ours, and that the audit log agrees with them; changes nothing',
  request: {
    body: {
      required: true,
      ...jsonOf('Checkpoints.', z.strictObject({ checkpoints: z.array(checkpointSchema).max(150) })),
    },
  },
  responses: { 200: jsonOf('What is wrong.', checkedSchema), default: problemAnswer },
})
const list = createRoute({
  method: 'get',
  path: '/audit/events',
  operationId: 'listAuditEvents',
  tags,
  summary: 'The next events of the audit log',
  request: { query: z.object({ after, count: countOf(1_000) }) },
  responses: { 200: jsonOf('The events, in their order.', eventsSchema), default: problemAnswer },
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(verify, async (c) => {
      const { seq, hash, count } = c.req.valid('query')
      const { flaw, ...walked } = await walk(needs, { seq, hash }, count)
      return c.json({ ...walked, flaw: inWords(flaw) }, 200)
    })
    .openapi(check, async (c) => {
      const flaw = await contradicted(needs, c.req.valid('json').checkpoints)
      return c.json({ flaw: inWords(flaw) }, 200)
    })
    .openapi(list, async (c) => {
      const { after, count } = c.req.valid('query')
      return c.json({ events: (await readEvents(needs, after, count, needs.actorOf(c))).map(shown) }, 200)
    })

const inWords = (flaw: Flaw | null): WalkAnswer['flaw'] =>
  flaw && {
    ...flaw,
    detail: sentences[flaw.kind].replace('{seq}', String(flaw.seq)).replace('{id}', flaw.id ?? ''),
  }

const shown = ({ seq, userAgent, actor, ...event }: Event): EventsAnswer['events'][number] => ({
  seq: seq ?? 0,
  ...event,
  actor: { kind: actor.kind, id: actor.id, on_behalf_of: actor.onBehalfOf, request: actor.request },
  facts: { ...event.facts },
  personal: { ...event.personal },
  user_agent: userAgent,
})
