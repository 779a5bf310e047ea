/** The password policy over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Policy } from '../../core/password/policy/current.ts'
import { LONGEST_MINIMUM } from '../../core/password/policy/facts.ts'
import { listStrengths } from '../../core/password/policy/list.ts'
import type { Origin } from '../../platform/origin.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, type Problems, problemAnswer, problemOf } from '../api.ts'
import { type PolicyProblem, previewPolicy, type Needs as RulesNeeds, setPolicy, showPolicy } from './rules.ts'

export type Needs = RulesNeeds & { originOf(c: WebContext): Origin }

const problems: Problems<PolicyProblem> = {
  'nothing-asked': { status: 422, title: 'Nothing is asked', detail: 'Say a length, a list or a time of grace.' },
  'policy-changed-meanwhile': {
    status: 409,
    title: 'Somebody else changed the policy',
    detail: 'Version {version} was made at the same moment: look at it, then try again.',
  },
}
const refuse = problemOf(problems)

const minLength = z.int().min(8).max(LONGEST_MINIMUM).openapi({ description: 'In Unicode code points.' })
const list = z
  .enum(listStrengths)
  .openapi({ description: 'strict also refuses a listed word with signs around it, backwards or said twice.' })
const graceDays = z
  .int()
  .min(0)
  .max(365)
  .openapi({ description: 'How long a password that falls short may be kept, from the day the version was made.' })

const policySchema = z
  .object({
    version: z.int().openapi({ description: '0 where PASSERELLE_PASSWORD_MIN holds.' }),
    min_length: minLength,
    list,
    grace_days: graceDays,
    made_at: z.iso.datetime().nullable(),
  })
  .openapi('PasswordPolicy')
const policiesSchema = z.object({
  policy: policySchema,
  versions: z.array(policySchema).openapi({ description: 'Oldest first; the last one holds.' }),
})
const wishSchema = z
  .strictObject({ min_length: minLength.optional(), list: list.optional(), grace_days: graceDays.optional() })
  .openapi('NewPasswordPolicy', { description: 'What is left out stays as it is.' })
const previewSchema = z
  .object({
    accounts: z.int().openapi({ description: 'Accounts with a password.' }),
    must_change: z.int(),
    fit: z.int(),
    unknown: z.int().openapi({ description: 'Not typed since: known at the next sign-in.' }),
  })
  .openapi('PasswordPolicyPreview')
export type PolicyAnswer = z.infer<typeof policySchema>
export type PoliciesAnswer = z.infer<typeof policiesSchema>
export type NewPolicy = z.input<typeof wishSchema>
export type PreviewAnswer = z.infer<typeof previewSchema>

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})
const tags = ['policy']

const show = createRoute({
  method: 'get',
  path: '/policy',
  operationId: 'showPolicy',
  tags,
  summary: 'What is asked of passwords, and what was',
  responses: { 200: json('The policy.', policiesSchema), default: problemAnswer },
})
const set = createRoute({
  method: 'post',
  path: '/policy',
  operationId: 'setPolicy',
  tags,
  summary: 'Makes a new version of the policy',
  request: { body: { required: true, ...json('What is to be asked.', wishSchema) } },
  responses: { 200: json('The policy that holds now.', policySchema), default: problemAnswer },
})
const typed = z.coerce.number().pipe(minLength)
const preview = createRoute({
  method: 'get',
  path: '/policy/preview',
  operationId: 'previewPolicy',
  tags,
  summary: 'How many accounts a policy would touch; changes nothing',
  request: { query: z.object({ min_length: typed.optional(), list: list.optional() }) },
  responses: { 200: json('The accounts.', previewSchema), default: problemAnswer },
})

export const policy = (needs: Needs) =>
  apiRoutes()
    .openapi(show, async (c) => {
      const versions = (await showPolicy(needs)).map(shown)
      return c.json({ policy: shown(needs.policies.current()), versions }, 200)
    })
    .openapi(set, async (c) => {
      const made = await setPolicy(needs, wished(c.req.valid('json')), needs.originOf(c))
      return made.ok ? c.json(shown(made.policy), 200) : refuse(c, made)
    })
    .openapi(preview, async (c) => {
      const { mustChange: must_change, ...rest } = await previewPolicy(needs, wished(c.req.valid('query')))
      return c.json({ ...rest, must_change }, 200)
    })

const wished = ({ min_length, list, grace_days }: z.output<typeof wishSchema>) => ({
  ...(min_length !== undefined && { minLength: min_length }),
  ...(list !== undefined && { list }),
  ...(grace_days !== undefined && { graceDays: grace_days }),
})

const shown = ({ version, minLength: min_length, list, graceDays: grace_days, madeAt }: Policy): PolicyAnswer => ({
  version,
  min_length,
  list,
  grace_days,
  made_at: madeAt?.toISOString() ?? null,
})
