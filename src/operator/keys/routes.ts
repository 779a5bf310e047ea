/** The signing keys over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, jsonOf, problemAnswer } from '../api.ts'
import { listSigningKeys, type Needs as RulesNeeds, rotateSigningKeys, type SigningKey } from './rules.ts'

export type Needs = RulesNeeds & { actorOf(c: WebContext): Actor }

const keySchema = z
  .object({
    id: z.string().openapi({ description: 'The kid of its tokens.' }),
    algorithm: z.enum(['ES256', 'RS256']),
    state: z.enum(['next', 'current', 'retired']),
    made_at: z.iso.datetime(),
    retired_at: z.iso.datetime().nullable(),
  })
  .openapi('SigningKey')
const keysSchema = z.object({ keys: z.array(keySchema) })
export type KeysAnswer = z.infer<typeof keysSchema>

const answers = {
  200: jsonOf('The keys.', keysSchema),
  default: problemAnswer,
}
const list = createRoute({
  method: 'get',
  path: '/keys',
  operationId: 'listKeys',
  tags: ['keys'],
  summary: 'The keys that sign tokens, without the keys themselves',
  responses: answers,
})
const rotate = createRoute({
  method: 'post',
  path: '/keys/rotate',
  operationId: 'rotateKeys',
  tags: ['keys'],
  summary: 'The next keys begin to sign; those that signed stay published for 30 days',
  responses: answers,
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(list, async (c) => c.json(shown(await listSigningKeys(needs)), 200))
    .openapi(rotate, async (c) => c.json(shown(await rotateSigningKeys(needs, needs.actorOf(c))), 200))

const shown = (keys: readonly SigningKey[]): KeysAnswer => ({
  keys: keys.map(({ id, algorithm, state, made_at, retired_at }) => ({
    id,
    algorithm,
    state,
    made_at: made_at.toISOString(),
    retired_at: retired_at?.toISOString() ?? null,
  })),
})
