/** `passerelle accounts`: the people who have an account. */
import type { Command } from 'commander'
import type { AccountAnswer, AccountsAnswer, ShownAccountAnswer } from '../../operator/accounts/routes.ts'
import { browserName } from '../../platform/user-agent.ts'
import { command, type Options, print, table, wholeNumber } from '../client/output.ts'
import { ask } from '../client/service.ts'
import type { ExportOptions } from './export.ts'
import type { ImportOptions } from './import.ts'

type ListOptions = Options & { search?: string; after?: string; limit?: number }

export function accountCommands(program: Command): void {
  const accounts = program.command('accounts').description('the people who have an account')
  command(accounts, 'list', 'accounts, a page at a time')
    .option('--search <text>', 'how an address, a first or last name begins, or an id')
    .option('--limit <N>', 'so many at most, 50 without it, 200 at most', wholeNumber)
    .option('--after <page>', 'the page after the one that ended so')
    .action(async (options: ListOptions) => {
      const { search, after, limit } = options
      const data = await ask<AccountsAnswer>('POST', '/accounts/search', { search, after, limit })
      print(options, { data, text: listed(data, options) })
    })
  command(accounts, 'show', 'one account: what its person sees, and more')
    .argument('<id or address>')
    .action(async (named: string, options: Options) => {
      const data = await ask<ShownAccountAnswer>('GET', await pathOf(named))
      print(options, { data, text: inWords(data) })
    })
  const acts = {
    block: 'lets nobody sign in, ends sessions and tokens, tells products',
    unblock: 'lets the person sign in again, and forgets failed tries',
    close: 'ends sessions and tokens; erases the account in 30 days',
    'fix-email': 'lets nobody but you change the address; the page of it says whom to ask',
    'free-email': 'lets the person change the address',
  }
  for (const [name, description] of Object.entries(acts))
    command(accounts, name, description)
      .argument('<id or address>')
      .action(async (named: string, options: Options) => {
        const data = await ask<AccountAnswer>('POST', `${await pathOf(named)}/${name}`)
        const text = name.endsWith('-email')
          ? emailInWords(data)
          : `The account of ${data.email} is ${stateInWords(data)}.`
        print(options, { data, text })
      })
  command(accounts, 'staff', 'counts the person as staff: of them a second way may be required')
    .argument('<id or address>')
    .option('--off', 'no more')
    .action(async (named: string, options: Options & { off?: boolean }) => {
      const data = await ask<AccountAnswer>('POST', `${await pathOf(named)}/${options.off ? 'not-staff' : 'staff'}`)
      print(options, { data, text: `${data.email} ${data.staff_since ? 'counts' : 'does not count'} as staff.` })
    })
  command(accounts, 'import', 'takes in accounts with the hashes of their passwords; docs/operate.md says the form')
    .argument('<file>', 'JSON Lines, or - for standard input')
    .option('--dry-run', 'only tells what would come of it')
    .option('--resume', 'goes on where an import of this file was interrupted')
    .option('--report <file>', 'writes down which lines were refused, and why')
    .action(async (file: string, options: ImportOptions) => (await import('./import.ts')).importAccounts(file, options))
  command(accounts, 'export', 'writes every account with the hash of its password, a line each')
    .option('--to <file>', 'into this file instead of standard output')
    .action(async (options: ExportOptions) => (await import('./export.ts')).exportAccounts(options))
}

/** By the id: an address in a path would stand in the logs of every proxy on the way. */
async function pathOf(named: string): Promise<string> {
  const id = named.includes('@') ? (await ask<AccountAnswer>('POST', '/accounts/lookup', { account: named })).id : named
  return `/accounts/${encodeURIComponent(id)}`
}

function listed({ accounts, next }: AccountsAnswer, { search }: ListOptions): string {
  if (accounts.length === 0) return search ? 'Nobody is found.' : 'There are no accounts.'
  const rows = accounts.map((one) => [one.id, one.email, nameOf(one), statusText(one), one.created_at])
  const page = table([['ID', 'ADDRESS', 'NAME', 'STATE', 'CREATED'], ...rows])
  return next ? `${page}\n\nThere are more: --after ${next}` : page
}

const nameOf = ({ first_name, last_name }: AccountAnswer): string => `${first_name} ${last_name}`

const statusText = ({ state, staff_since }: AccountAnswer): string => (staff_since ? `${state}, staff` : state)

const emailInWords = ({ email, email_fixed }: AccountAnswer): string =>
  `The address ${email} can${email_fixed ? 'not' : ''} be changed by its person.`

const stateInWords = ({ state, blocked_at, closing_at }: AccountAnswer): string => {
  const closing = closing_at ? `closing: it will be erased at ${closing_at}` : 'active'
  if (state !== 'blocked') return closing
  return `blocked since ${blocked_at}${closing_at ? `, and ${closing}` : ''}`
}

/** By a name of a fixed list: what it says of itself is in the JSON. */
function browserOf({ user_agent }: ShownAccountAnswer['sessions'][number]): string {
  const { browser, system } = browserName(user_agent)
  return [browser ?? 'unknown browser', system ?? 'unknown system'].join(' on ')
}

function inWords(data: ShownAccountAnswer): string {
  const { password, ways, sessions, products } = data
  const { refused } = data.sign_ins
  const facts = table([
    ['id', data.id],
    ['address', `${data.email}${data.email_fixed ? ', which the person cannot change' : ''}`],
    ['name', nameOf(data)],
    ['language', data.language],
    ['state', stateInWords(data)],
    ['staff', data.staff_since ? `since ${data.staff_since}` : 'no'],
    ['created', data.created_at],
    [
      'password',
      password ? `${password.format}${password.foreign ? ', imported' : ''}, of ${password.changed_at}` : 'none',
    ],
    ['ways besides it', ways.length > 0 ? `${ways.length}, and ${data.recovery_codes} recovery codes` : 'none'],
    ['two-step verification', data.two_step_since ? `on since ${data.two_step_since}` : 'off'],
    ['asks support for help', data.support_request ?? 'no'],
    ['sign-ins in 30 days', `${data.sign_ins.done}, and ${refused > 10 ? 'at least ' : ''}${refused} refused`],
    ['sessions', String(sessions.length)],
    ['products', String(products.length)],
  ])
  const places = sessions.map((one) => [one.network, one.seen_at, browserOf(one)])
  const proofs = ways.map((one) => [one.kind, one.added_at, one.last_used_at ?? 'never', one.name])
  const used = products.map((one) => [one.client_id, one.last_used_at, one.client_name])
  return [
    facts,
    ...(proofs.length > 0 ? [table([['WAY', 'ADDED', 'LAST USED', 'NAME'], ...proofs])] : []),
    ...(places.length > 0 ? [table([['SIGNED IN FROM', 'LAST SEEN', 'BROWSER'], ...places])] : []),
    ...(used.length > 0 ? [table([['PRODUCT', 'LAST USED', 'NAME'], ...used])] : []),
  ].join('\n\n')
}
