/** Accounts in bulk over the API: batches of lines come in, pages of lines go out. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, filled, jsonOf, nextPage, type Problems, problemAnswer, problemOf } from '../api.ts'
import { importAccounts, type LineProblem, lineSchema, type Needs as RulesNeeds } from './rules.ts'
import { exportAccounts } from './rules-export.ts'

export type Needs = RulesNeeds & { actorOf(c: WebContext): Actor }

const LARGEST_BATCH = 1_000
const LARGEST_PAGE = 1_000
/** The body of a batch, in KiB. */
export const larger = { '/accounts/import': 4_096 }

const HASHES = 'argon2, bcrypt, PBKDF2, scrypt or Firebase scrypt'

/** What is said of a line. It never repeats a hash. */
const flaws: Readonly<Record<LineProblem, string>> = {
  'line-malformed': '{flaws}',
  'address-missing': 'The address is missing.',
  'address-not-one': 'The address is none.',
  'address-local-too-long': 'The part before the @ has {has} characters; {limit} at most.',
  'address-domain-too-long': 'The part after the @ has {has} characters; {limit} at most.',
  'address-unverified': 'The address is not verified: products would believe it.',
  'address-taken': 'Another account has the address {address}.',
  'address-twice': 'The address {address} is that of a line before.',
  'id-taken': 'Another account has the id {id}.',
  'id-twice': 'The id {id} is that of a line before.',
  'id-erased': 'The account with the id {id} was erased: nobody has its id again.',
  'name-missing': 'A first or last name is missing.',
  'name-too-long': 'A name has {has} characters; {limit} at most.',
  'name-unusable': 'A name cannot hold < or > or a web address.',
  'hash-unknown': `The hash is not of a known form (${HASHES}).`,
  'hash-damaged': 'The hash is damaged, or its parameters make no sense.',
  'hash-too-dear': 'To compare the hash would cost too much: its parameters are out of range.',
  'pepper-unknown': 'The hash needs the master key {pepper}: give it to PASSERELLE_SECRET or PASSERELLE_SECRET_FORMER.',
}

const problems: Problems<'cursor-unusable'> = {
  'cursor-unusable': { status: 422, title: 'There is no such page', detail: 'after takes what next was in an answer.' },
}
const refuse = problemOf(problems)

const batchSchema = z
  .strictObject({
    lines: z.array(z.unknown()).min(1).max(LARGEST_BATCH),
    dry_run: z.boolean().default(false).openapi({ description: 'Tell what would come of it, and change nothing.' }),
  })
  .openapi('AccountLines')
const importedSchema = z
  .object({
    imported: z.int(),
    present: z.int().openapi({ description: 'There already, and left as they are.' }),
    refused: z.array(
      z.object({
        line: z.int().openapi({ description: 'Which of the lines, counted from 1.' }),
        reason: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .openapi('ImportedAccounts')
const exportedSchema = z.object({
  accounts: z.array(lineSchema),
  next: nextPage,
})
export type Batch = z.input<typeof batchSchema>
export type ImportedAnswer = z.infer<typeof importedSchema>
export type ExportedAnswer = z.infer<typeof exportedSchema>

const tags = ['accounts']
const bring = createRoute({
  method: 'post',
  path: '/accounts/import',
  operationId: 'importAccounts',
  tags,
  summary: 'Takes in accounts with the hashes of their passwords; one that exists is left as it is',
  request: { body: { required: true, ...jsonOf('Up to 1,000 lines.', batchSchema) } },
  responses: { 200: jsonOf('What came of each.', importedSchema), default: problemAnswer },
})
const take = createRoute({
  method: 'get',
  path: '/accounts/export',
  operationId: 'exportAccounts',
  tags,
  summary: 'Every account with the hash of its password, a page at a time',
  request: {
    query: z.object({
      after: z.string().max(2_000).optional(),
      limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(LARGEST_PAGE),
    }),
  },
  responses: { 200: jsonOf('A page of lines.', exportedSchema), default: problemAnswer },
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(bring, async (c) => {
      const { lines, dry_run } = c.req.valid('json')
      const { refused, ...counts } = await importAccounts(needs, lines, dry_run, needs.actorOf(c))
      const told = refused.map(({ index, reason, figures }) => ({
        line: index + 1,
        reason,
        detail: filled(flaws[reason], figures),
      }))
      return c.json({ ...counts, refused: told }, 200)
    })
    .openapi(take, async (c) => {
      const { after, limit } = c.req.valid('query')
      const page = await exportAccounts(needs, after, limit, needs.actorOf(c))
      return page.ok ? c.json({ accounts: page.accounts, next: page.next }, 200) : refuse(c, page)
    })
