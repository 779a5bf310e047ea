/** The policy over the API: of passwords, and of a second factor. */
import { createRoute, z } from '@hono/zod-openapi'
import { LONGEST_MINIMUM } from '../../core/model/password/policy/facts.ts'
import { listStrengths } from '../../core/model/password/policy/list.ts'
import type { Policy } from '../../core/model/password/policy/policy-cache.ts'
import { askedOf } from '../../core/model/password/policy/store.ts'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, jsonOf, type Problems, problemAnswer, problemOf } from '../api.ts'
import { type PolicyProblem, previewPolicy, type Needs as RulesNeeds, setPolicy, showPolicy } from './rules.ts'

export type Needs = RulesNeeds & { actorOf(c: WebContext): Actor }

const problems: Problems<PolicyProblem> = {
  'nothing-asked': {
    status: 422,
    title: 'Nothing is asked',
    detail: 'Say a length, a list, a time of grace, or of whom a second way is required.',
  },
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
const secondStep = z.enum(askedOf).openapi({ description: 'Of whom a second way to sign in is required.' })
const secondStepGraceDays = z.int().min(0).max(365).openapi({
  description: 'How long it may be put off, from the day on which it was first required of somebody without a break.',
})

const policySchema = z
  .object({
    version: z.int().openapi({ description: '0 where PASSERELLE_PASSWORD_MIN holds.' }),
    min_length: minLength,
    list,
    grace_days: graceDays,
    second_step: secondStep,
    second_step_grace_days: secondStepGraceDays,
    made_at: z.iso.datetime().nullable(),
  })
  .openapi('PasswordPolicy')
const policiesSchema = z.object({
  policy: policySchema,
  versions: z.array(policySchema).openapi({ description: 'Oldest first; the last one holds.' }),
})
const wishSchema = z
  .strictObject({
    min_length: minLength.optional(),
    list: list.optional(),
    grace_days: graceDays.optional(),
    second_step: secondStep.optional(),
    second_step_grace_days: secondStepGraceDays.optional(),
  })
  .openapi('NewPasswordPolicy', { description: 'What is left out stays as it is.' })
const previewSchema = z
  .object({
    accounts: z.int().openapi({ description: 'Accounts with a password.' }),
    must_change: z.int(),
    fit: z.int(),
    unknown: z.int().openapi({ description: 'Not typed since: known at the next sign-in.' }),
    without_second_way: z
      .object({ everyone: z.int(), staff: z.int() })
      .openapi({ description: 'Accounts that would have to set one up.' }),
  })
  .openapi('PasswordPolicyPreview')
export type PolicyAnswer = z.infer<typeof policySchema>
export type PoliciesAnswer = z.infer<typeof policiesSchema>
export type NewPolicy = z.input<typeof wishSchema>
export type PreviewAnswer = z.infer<typeof previewSchema>

const tags = ['policy']

const show = createRoute({
  method: 'get',
  path: '/policy',
  operationId: 'showPolicy',
  tags,
  summary: 'What is asked of passwords, of whom a second way, and what was',
  responses: { 200: jsonOf('The policy.', policiesSchema), default: problemAnswer },
})
const set = createRoute({
  method: 'post',
  path: '/policy',
  operationId: 'setPolicy',
  tags,
  summary: 'Makes a new version of the policy',
  request: { body: { required: true, ...jsonOf('What is to be asked.', wishSchema) } },
  responses: { 200: jsonOf('The policy that holds now.', policySchema), default: problemAnswer },
})
const typed = z.coerce.number().pipe(minLength)
const preview = createRoute({
  method: 'get',
  path: '/policy/preview',
  operationId: 'previewPolicy',
  tags,
  summary: 'How many accounts a policy would touch; changes nothing',
  request: { query: z.object({ min_length: typed.optional(), list: list.optional() }) },
  responses: { 200: jsonOf('The accounts.', previewSchema), default: problemAnswer },
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(show, async (c) => {
      const versions = (await showPolicy(needs)).map(shown)
      return c.json({ policy: shown(needs.policies.current()), versions }, 200)
    })
    .openapi(set, async (c) => {
      const made = await setPolicy(needs, wished(c.req.valid('json')), needs.actorOf(c))
      return made.ok ? c.json(shown(made.policy), 200) : refuse(c, made)
    })
    .openapi(preview, async (c) => {
      const preview = await previewPolicy(needs, wished(c.req.valid('query')))
      const { mustChange: must_change, notEnrolled: without_second_way, ...rest } = preview
      return c.json({ ...rest, must_change, without_second_way }, 200)
    })

const wished = ({ min_length, list, grace_days, ...second }: z.output<typeof wishSchema>) => ({
  ...(min_length !== undefined && { minLength: min_length }),
  ...(list !== undefined && { list }),
  ...(grace_days !== undefined && { graceDays: grace_days }),
  ...(second.second_step !== undefined && { secondStep: second.second_step }),
  ...(second.second_step_grace_days !== undefined && { secondStepGraceDays: second.second_step_grace_days }),
})

const shown = (policy: Policy): PolicyAnswer => ({
  version: policy.version,
  min_length: policy.minLength,
  list: policy.list,
  grace_days: policy.graceDays,
  second_step: policy.secondStep,
  second_step_grace_days: policy.secondStepGraceDays,
  made_at: policy.madeAt?.toISOString() ?? null,
})
