/** The requests to support over the API. Reading one is a POST: the audit log says that it was read. */

import { createRoute, z } from '@hono/zod-openapi'
import type { EventNeeds } from '../../core/events/emit.ts'
import type { ListedRequest } from '../../core/model/support-request/store.ts'
import { asReference } from '../../core/operations/ask-support.ts'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { afterPage, apiRoutes, jsonOf, nextPage, type Problems, pageSize, problemAnswer, problemOf } from '../api.ts'
import { closeSupport, listSupport, readSupport, type SupportProblem } from './rules.ts'

export type Needs = EventNeeds & { actorOf(c: WebContext): Actor }

const problems: Problems<SupportProblem> = {
  'unknown-reference': {
    status: 404,
    title: 'There is no such request',
    detail: 'No request to support has the reference {named}, or it is more than 90 days old.',
  },
}
const refuse = problemOf(problems)

const at = z.iso.datetime()
const requestSchema = z
  .object({
    reference: z.string().openapi({ example: 'KFM-273', description: 'No secret: the person says it to support.' }),
    account: z.string(),
    email: z.string().openapi({ description: 'The address of the account, which may be out of reach.' }),
    state: z.enum(['open', 'closed', 'withdrawn']).openapi({
      description: 'withdrawn: somebody said that it was not them, so that somebody else may know the password.',
    }),
    made_at: at,
    ended_at: at.nullable(),
    expires_at: at.openapi({ description: 'When it is forgotten.' }),
  })
  .openapi('SupportRequest')
const requestsSchema = z.object({
  requests: z.array(requestSchema),
  next: nextPage,
})
const readSchema = z
  .object({
    ...requestSchema.shape,
    reach: z.string().openapi({ description: 'An address or a number, as the person gave it: nobody has proved it.' }),
    words: z.string(),
  })
  .openapi('SupportRequestInFull')
export type SupportRequestAnswer = z.infer<typeof requestSchema>
export type SupportRequestsAnswer = z.infer<typeof requestsSchema>
export type ReadSupportRequestAnswer = z.infer<typeof readSchema>

const tags = ['support']
const params = z.object({ reference: z.string() })
const query = z.object({
  state: z.enum(['open', 'all']).default('open'),
  after: afterPage(20),
  limit: z.coerce.number().int().min(1).max(pageSize.most).default(pageSize.usual),
})

const list = createRoute({
  method: 'get',
  path: '/support-requests',
  operationId: 'listSupportRequests',
  tags,
  summary: 'Requests of people who can use none of their ways, the oldest first; not what they said',
  request: { query },
  responses: { 200: jsonOf('A page.', requestsSchema), default: problemAnswer },
})
const read = createRoute({
  method: 'post',
  path: '/support-requests/{reference}/read',
  operationId: 'readSupportRequest',
  tags,
  summary: 'One request, and what the person said; the audit log and the person see that it was read',
  request: { params },
  responses: { 200: jsonOf('The request.', readSchema), default: problemAnswer },
})
const close = createRoute({
  method: 'post',
  path: '/support-requests/{reference}/close',
  operationId: 'closeSupportRequest',
  tags,
  summary: 'The request is done with, whatever came of it; nothing changes at the account',
  request: { params },
  responses: { 200: jsonOf('The request as it is then.', requestSchema), default: problemAnswer },
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(list, async (c) => {
      const { state, after, limit } = c.req.valid('query')
      const wanted = { open: state === 'open', after: after === undefined ? after : asReference(after), limit }
      const { requests, next } = await listSupport(needs, wanted, needs.actorOf(c))
      return c.json({ requests: requests.map(shown), next }, 200)
    })
    .openapi(read, async (c) => {
      const found = await readSupport(needs, c.req.valid('param').reference, needs.actorOf(c))
      return found.ok ? c.json({ ...shown(found.request), ...found.said }, 200) : refuse(c, found)
    })
    .openapi(close, async (c) => {
      const closed = await closeSupport(needs, c.req.valid('param').reference, needs.actorOf(c))
      return closed.ok ? c.json(shown(closed.request), 200) : refuse(c, closed)
    })

const shown = ({ made_at, ended_at, expires_at, ...request }: ListedRequest): SupportRequestAnswer => ({
  reference: request.reference,
  account: request.account_id,
  email: request.email,
  state: request.state,
  made_at: made_at.toISOString(),
  ended_at: ended_at?.toISOString() ?? null,
  expires_at: expires_at.toISOString(),
})
