/** `passerelle support`: the requests of people who can use none of their factors. */
import type { Command } from 'commander'
import type {
  ReadSupportRequestAnswer,
  SupportRequestAnswer,
  SupportRequestsAnswer,
} from '../../operator/support/routes.ts'
import { at } from '../../urls.ts'
import { command, type Options, print, table, WIDTH, wrapped } from '../client/output.ts'
import { ask } from '../client/service.ts'

type ListOptions = Options & { all?: boolean; after?: string }

export function supportCommands(program: Command): void {
  const support = program.command('support').description('people who can use none of their ways and ask for help')
  command(support, 'list', 'the open requests, the oldest first')
    .option('--all', 'also those that are over')
    .option('--after <reference>', 'the page after the one that ended so')
    .action(async (options: ListOptions) => {
      const { all, after } = options
      const path = at('/support-requests', { state: all ? 'all' : undefined, after })
      const data = await ask<SupportRequestsAnswer>('GET', path)
      print(options, { data, text: listed(data) })
    })
  command(support, 'show', 'one request, and what the person said; the audit log and the person see that you read it')
    .argument('<reference>')
    .action(async (reference: string, options: Options) => {
      const data = await ask<ReadSupportRequestAnswer>('POST', `${pathOf(reference)}/read`)
      print(options, { data, text: inWords(data) })
    })
  command(support, 'close', 'says that a request is done with; nothing changes at the account')
    .argument('<reference>')
    .action(async (reference: string, options: Options) => {
      const data = await ask<SupportRequestAnswer>('POST', `${pathOf(reference)}/close`)
      print(options, { data, text: `The request ${data.reference} is ${data.state}.` })
    })
}

const pathOf = (reference: string): string => `/support-requests/${encodeURIComponent(reference)}`

function listed({ requests, next }: SupportRequestsAnswer): string {
  if (requests.length === 0) return 'Nobody asks for help.'
  const rows = requests.map((one) => [one.reference, one.state, one.made_at, one.email, one.account])
  const page = table([['REFERENCE', 'STATE', 'ASKED', 'ADDRESS', 'ACCOUNT'], ...rows])
  return next ? `${page}\n\nThere are more: --after ${next}` : page
}

/** The longest name of a fact. */
const REACH = 'to be reached at'

function inWords(data: ReadSupportRequestAnswer): string {
  const facts = table(
    [
      ['reference', data.reference],
      ['state', data.ended_at ? `${data.state} at ${data.ended_at}` : data.state],
      ['account', data.account],
      ['its address', data.email],
      ['asked', data.made_at],
      [REACH, `${data.reach}, which nobody has proved`],
    ].flatMap(([name = '', value = '']) =>
      wrapped(value, WIDTH - REACH.length - 2).map((line, n) => [n === 0 ? name : '', line]),
    ),
  )
  const said = wrapped(data.words, WIDTH - 2).map((line) => `> ${line}`)
  return data.words ? [facts, '', ...said].join('\n') : facts
}
