/** Accounts over the API: found, shown, and what the operator may do to them. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Account, stateOf } from '../../core/model/account/store.ts'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { afterPage, apiRoutes, jsonOf, nextPage, type Problems, pageSize, problemAnswer, problemOf } from '../api.ts'
import {
  type AccountProblem,
  blockAccount,
  type Changed,
  closeAccount,
  findAccounts,
  fixAccountEmail,
  freeAccountEmail,
  lookUpAccount,
  markStaff,
  type Needs as RulesNeeds,
  showAccount,
  unblockAccount,
  unmarkStaff,
} from './rules.ts'

export type Needs = RulesNeeds & { actorOf(c: WebContext): Actor }

const problems: Problems<AccountProblem> = {
  'unknown-account': {
    status: 404,
    title: 'There is no such account',
    detail: 'No account has the id or the address {named}.',
  },
  'cursor-unusable': {
    status: 422,
    title: 'There is no such page',
    detail: 'after takes what next was in the answer to the same search, and nothing else.',
  },
  'search-unusable': {
    status: 422,
    title: 'That cannot be searched',
    detail: 'search has no line breaks or other invisible signs.',
  },
}
const refuse = problemOf(problems)

const at = z.iso.datetime()
const accountSchema = z
  .object({
    id: z.string().openapi({ description: 'The subject by which products know the person.' }),
    email: z.string(),
    email_fixed: z.boolean().openapi({ description: 'The person cannot change the address.' }),
    first_name: z.string(),
    last_name: z.string(),
    language: z.string(),
    state: z.enum(['active', 'blocked', 'closing']),
    staff_since: at.nullable().openapi({ description: 'Since when the person counts as staff.' }),
    created_at: at,
    blocked_at: at.nullable(),
    closing_at: at.nullable().openapi({ description: 'When it will be erased.' }),
  })
  .openapi('Account')
const accountsSchema = z.object({
  accounts: z.array(accountSchema),
  next: nextPage,
})
const shownSchema = z
  .object({
    ...accountSchema.shape,
    two_step_since: at.nullable().openapi({ description: 'Since when two-step verification is switched on.' }),
    password: z
      .object({
        format: z.string().openapi({ example: 'argon2id m=19456,t=2,p=1' }),
        foreign: z.boolean().openapi({ description: 'Imported, and not signed in with since.' }),
        changed_at: at,
      })
      .nullable(),
    ways: z
      .array(z.object({ kind: z.string(), name: z.string(), added_at: at, last_used_at: at.nullable() }))
      .openapi({ description: 'What is asked for besides the password. Never its secrets.' }),
    recovery_codes: z.int().openapi({ description: 'How many are left.' }),
    support_request: z
      .string()
      .nullable()
      .openapi({ description: 'The reference of the request to support that is open, if one is.' }),
    sessions: z.array(
      z.object({ network: z.string(), user_agent: z.string(), started_at: at, seen_at: at, expires_at: at }),
    ),
    products: z.array(
      z.object({ client_id: z.string(), client_name: z.string(), third_party: z.boolean(), last_used_at: at }),
    ),
    sign_ins: z.object({ done: z.int(), refused: z.int() }).openapi({ description: 'In the last 30 days, at least.' }),
  })
  .openapi('AccountInFull')
export type AccountAnswer = z.infer<typeof accountSchema>
export type AccountsAnswer = z.infer<typeof accountsSchema>
export type ShownAccountAnswer = z.infer<typeof shownSchema>

const tags = ['accounts']
const params = z.object({ id: z.string() })
const searched = {
  search: z
    .string()
    .max(200)
    .default('')
    .openapi({ description: 'How an address, a first or last name begins, or an id.' }),
  after: afterPage(2_000),
}
const size = z.int().min(1).max(pageSize.most).default(pageSize.usual)
const query = z.object({
  ...searched,
  limit: z.coerce.number().int().min(1).max(pageSize.most).default(pageSize.usual),
})

const list = createRoute({
  method: 'get',
  path: '/accounts',
  operationId: 'listAccounts',
  tags,
  summary: 'Accounts, all or those that are searched, a page at a time',
  request: { query },
  responses: { 200: jsonOf('A page.', accountsSchema), default: problemAnswer },
})
/** The list by POST: proxies log paths and queries, which so have no address and no name. */
const search = createRoute({
  ...list,
  method: 'post',
  path: '/accounts/search',
  operationId: 'searchAccounts',
  request: { body: { required: true, ...jsonOf('What is searched.', z.strictObject({ ...searched, limit: size })) } },
})
const lookUp = createRoute({
  method: 'post',
  path: '/accounts/lookup',
  operationId: 'lookUpAccount',
  tags,
  summary: 'Whose address that is: its id belongs into the paths of the others, the address into none',
  request: { body: { required: true, ...jsonOf('An address, or an id.', z.strictObject({ account: z.string() })) } },
  responses: { 200: jsonOf('The account.', accountSchema), default: problemAnswer },
})
const show = createRoute({
  method: 'get',
  path: '/accounts/{id}',
  operationId: 'showAccount',
  tags,
  summary: 'One account, by its id or its address: what its person sees, and more; the audit log has who read it',
  request: { params },
  responses: { 200: jsonOf('The account.', shownSchema), default: problemAnswer },
})
const act = <Name extends string>(name: Name, operationId: string, summary: string) =>
  createRoute({
    method: 'post',
    path: `/accounts/{id}/${name}` as const,
    operationId,
    tags,
    summary,
    request: { params },
    responses: { 200: jsonOf('The account as it is then.', accountSchema), default: problemAnswer },
  })
const block = act('block', 'blockAccount', 'Nobody signs in any more; sessions and tokens end, products are told')
const unblock = act('unblock', 'unblockAccount', 'The person can sign in again; failed tries are forgotten')
const close = act('close', 'closeAccount', 'Sessions and tokens end; in 30 days the account is erased')
const fix = act(
  'fix-email',
  'fixAccountEmail',
  'The person can no longer change the address; their page says whom to ask',
)
const free = act('free-email', 'freeAccountEmail', 'The person can change the address')
const staff = act('staff', 'markStaff', 'The person counts as staff: of them a second way to sign in may be required')
const notStaff = act('not-staff', 'unmarkStaff', 'The person does not count as staff')

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(list, async (c) => page(c, await findAccounts(needs, c.req.valid('query'), needs.actorOf(c))))
    .openapi(search, async (c) => page(c, await findAccounts(needs, c.req.valid('json'), needs.actorOf(c))))
    .openapi(lookUp, async (c) => answer(c, await lookUpAccount(needs, c.req.valid('json').account, needs.actorOf(c))))
    .openapi(show, async (c) => {
      const found = await showAccount(needs, c.req.valid('param').id, needs.actorOf(c))
      return found.ok ? c.json(inFull(found), 200) : refuse(c, found)
    })
    .openapi(block, async (c) => answer(c, await blockAccount(needs, ...asked(needs, c))))
    .openapi(unblock, async (c) => answer(c, await unblockAccount(needs, ...asked(needs, c))))
    .openapi(close, async (c) => answer(c, await closeAccount(needs, ...asked(needs, c))))
    .openapi(fix, async (c) => answer(c, await fixAccountEmail(needs, ...asked(needs, c))))
    .openapi(free, async (c) => answer(c, await freeAccountEmail(needs, ...asked(needs, c))))
    .openapi(staff, async (c) => answer(c, await markStaff(needs, ...asked(needs, c))))
    .openapi(notStaff, async (c) => answer(c, await unmarkStaff(needs, ...asked(needs, c))))

const asked = (needs: Needs, c: WebContext): [string, Actor] => [c.req.param('id') ?? '', needs.actorOf(c)]
const answer = (c: WebContext, changed: Changed) =>
  changed.ok ? c.json(shown(changed.account), 200) : refuse(c, changed)

const page = (c: WebContext, found: Awaited<ReturnType<typeof findAccounts>>) =>
  found.ok ? c.json({ accounts: found.accounts.map(shown), next: found.next }, 200) : refuse(c, found)

const shown = (account: Account): AccountAnswer => ({
  id: account.id,
  email: account.email,
  email_fixed: account.emailFixed,
  first_name: account.firstName,
  last_name: account.lastName,
  language: account.language,
  state: stateOf(account),
  staff_since: account.staffSince?.toISOString() ?? null,
  created_at: account.createdAt.toISOString(),
  blocked_at: account.blockedAt?.toISOString() ?? null,
  closing_at: account.closingAt?.toISOString() ?? null,
})

type Shown = Extract<Awaited<ReturnType<typeof showAccount>>, { ok: true }>

const inFull = ({
  account,
  password,
  ways,
  recoveryCodes,
  supportRequest,
  sessions,
  products,
  signIns,
}: Shown): ShownAccountAnswer => ({
  ...shown(account),
  two_step_since: account.twoStepSince?.toISOString() ?? null,
  password: password
    ? { format: password.format, foreign: password.foreign, changed_at: password.changedAt.toISOString() }
    : null,
  ways: ways.map(({ kind, name, made_at, last_used_at }) => ({
    kind,
    name,
    added_at: made_at.toISOString(),
    last_used_at: last_used_at?.toISOString() ?? null,
  })),
  recovery_codes: recoveryCodes,
  support_request: supportRequest?.reference ?? null,
  sessions: sessions.map((session) => ({
    network: session.network,
    user_agent: session.user_agent,
    started_at: session.started_at.toISOString(),
    seen_at: session.seen_at.toISOString(),
    expires_at: session.expires_at.toISOString(),
  })),
  products: products.map((product) => ({
    client_id: product.id,
    client_name: product.name,
    third_party: product.thirdParty,
    last_used_at: product.lastUsedAt.toISOString(),
  })),
  sign_ins: signIns,
})
