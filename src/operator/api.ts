/** The operator's API: who may use it, what a refusal looks like (RFC 9457), and its own description. */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from '../platform/log/log.ts'
import type { Figures, Refused } from '../platform/outcome.ts'
import { NotOurForm, readBody, type Web } from '../platform/web/web.ts'
import { bearerIs } from './bearer.ts'

const KIB = 1_024
const LARGEST_BODY_KIB = 64
/** What takes more, in KiB, by its path below /api/v1. */
export type Larger = Readonly<Record<string, number>>

type Status = 400 | 401 | 404 | 409 | 413 | 415 | 422 | 500
type Kind = { status: Status; title: string; detail: string }
/** What is said for every reason a rule can give; `{name}` in a detail is a figure of the refusal. */
export type Problems<Reason extends string> = Readonly<Record<Reason, Kind>>

const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:passerelle:problem:id-taken' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
  })
  .openapi('Problem', { description: 'Problem details, RFC 9457.' })
export type Problem = z.infer<typeof problemSchema>

/** What every endpoint may answer instead. */
export const problemAnswer = {
  description: 'A refusal.',
  content: { 'application/problem+json': { schema: problemSchema } },
}

export const jsonOf = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Lists come a page at a time. `next` of an answer is `after` of the request for the page that follows; null after the last. */
export const nextPage = z.string().nullable().openapi({ description: 'Where the next page begins: `after`.' })
export const afterPage = (longest: number) =>
  z.string().max(longest).optional().openapi({ description: '`next` of the page before.' })
/** How many of a list are on a page. */
export const pageSize = { usual: 50, most: 200 }

const general = {
  'token-needed': { status: 401, title: 'The operator’s token is needed', detail: 'Authorization: Bearer TOKEN' },
  'not-found': { status: 404, title: 'There is nothing here', detail: '/api/openapi.json lists what there is.' },
  malformed: { status: 400, title: 'The request is not of its form', detail: '{flaws}' },
  unreadable: { status: 422, title: 'The address has the character NUL in it', detail: 'Leave %00 out.' },
  'not-json': { status: 415, title: 'The body must be JSON', detail: 'Content-Type: application/json' },
  'too-large': { status: 413, title: 'The body is too large', detail: 'At most {most} KiB.' },
  fault: { status: 500, title: 'The service failed', detail: 'Its log says more, under request {request}.' },
} as const satisfies Problems<string>

export const problemOf =
  <Reason extends string>(problems: Problems<Reason>) =>
  (c: Context, { reason, figures }: Pick<Refused<Reason>, 'reason' | 'figures'>) => {
    const { status, title, detail } = problems[reason]
    const problem: Problem = {
      type: `urn:passerelle:problem:${reason}`,
      title,
      status,
      detail: filled(detail, figures),
    }
    return c.json(problem, status, { 'Content-Type': 'application/problem+json' })
  }

/** A sentence with the figures it leaves room for: `{name}`. */
export const filled = (text: string, figures: Figures): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name]))

const say = problemOf(general)

export const apiRoutes = () =>
  new OpenAPIHono<Web>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const flaws = result.error.issues.map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.message}`)
      return say(c, { reason: 'malformed', figures: { flaws: flaws.slice(0, 10).join('; ') } })
    },
  })
export type ApiRoutes = ReturnType<typeof apiRoutes>

export type Needs = { adminToken: string; log: Log }

/** Puts the parts of the API together under /api/v1. */
export function operatorApi(needs: Needs, parts: readonly ApiRoutes[], larger: Larger = {}): ApiRoutes {
  const api = apiRoutes()
  const mostOf = (c: Context): number => larger[c.req.path.slice('/api/v1'.length)] ?? LARGEST_BODY_KIB
  api.onError(failed(needs, mostOf))
  api.notFound((c) => say(c, { reason: 'not-found', figures: {} }))
  api.use('/api/v1/*', onlyTheOperator(needs), jsonWithin(mostOf))
  for (const part of parts) api.route('/api/v1', part)
  api.openAPIRegistry.registerComponent('securitySchemes', 'operator', { type: 'http', scheme: 'bearer' })
  api.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Passerelle, the operator’s API', version: '1', license: { name: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ operator: [] }],
  })
  return api
}

const onlyTheOperator =
  ({ adminToken }: Needs): MiddlewareHandler<Web> =>
  async (c, next) => {
    if (bearerIs(c.req.header('authorization'), adminToken)) return next()
    c.header('WWW-Authenticate', 'Bearer')
    return say(c, { reason: 'token-needed', figures: {} })
  }

/** Reads the body, within its limit, before anything else does; an address that no text may hold is refused. */
const jsonWithin =
  (mostOf: (c: Context) => number): MiddlewareHandler<Web> =>
  async (c, next) => {
    const { method, url, headers } = c.req.raw
    if (url.includes('%00')) return say(c, { reason: 'unreadable', figures: {} })
    const body = await readBody(c.req.raw, mostOf(c) * KIB)
    if (body !== '' && !/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
      return say(c, { reason: 'not-json', figures: {} })
    if (body !== '') c.req.raw = new Request(url, { method, headers, body })
    return next()
  }

const failed =
  ({ log }: Needs, mostOf: (c: Context) => number): ErrorHandler<Web> =>
  (error, c) => {
    if (error instanceof NotOurForm && error.kind === 'too-large')
      return say(c, { reason: 'too-large', figures: { most: mostOf(c) } })
    if (error instanceof NotOurForm) return say(c, { reason: 'malformed', figures: { flaws: 'it broke off' } })
    if (error instanceof HTTPException && error.status < 500)
      return say(c, { reason: 'malformed', figures: { flaws: error.message } })
    const request = String(c.env.incoming.headers['x-request-id'] ?? '')
    log.error({ err: error, request }, 'the API failed')
    return say(c, { reason: 'fault', figures: { request } })
  }
