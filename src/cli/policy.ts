/** `passerelle policy`: what is asked of passwords, and how many accounts a change would touch. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { NewPolicy, PoliciesAnswer, PolicyAnswer, PreviewAnswer } from '../operator/policy/routes.ts'
import { at } from '../urls.ts'
import { command, type Options, print, table } from './output.ts'
import { ask } from './service.ts'

type PolicyOptions = Options & { minLength?: number; graceDays?: number; list?: 'standard' | 'strict' }

export function policyCommands(program: Command): void {
  const policy = program.command('policy').description('what is asked of passwords')
  const minLength = () => new Option('--min-length <N>', 'characters at least, 8 to 64').argParser(wholeNumber)
  const list = () =>
    new Option('--list <strength>', 'strict also refuses listed words in disguise').choices(['standard', 'strict'])
  command(policy, 'show', 'the policy that holds, and those before').action(async (options: Options) => {
    const data = await ask<PoliciesAnswer>('GET', '/policy')
    print(options, { data, text: listed(data.versions) })
  })
  command(policy, 'set', 'makes a new version; what is not said stays as it is')
    .addOption(minLength())
    .addOption(
      new Option('--grace-days <N>', 'for so long a password that falls short may be kept').argParser(wholeNumber),
    )
    .addOption(list())
    .action(async (options: PolicyOptions) => {
      const data = await ask<PolicyAnswer>('POST', '/policy', wishOf(options))
      print(options, { data, text: listed([data]) })
    })
  command(policy, 'preview', 'how many accounts a policy would touch')
    .addOption(minLength())
    .addOption(list())
    .action(async (options: PolicyOptions) => {
      const { minLength, list } = options
      const data = await ask<PreviewAnswer>('GET', at('/policy/preview', { min_length: minLength?.toString(), list }))
      print(options, { data, text: counted(data) })
    })
}

function wishOf({ minLength, graceDays, list }: PolicyOptions): NewPolicy {
  return { min_length: minLength, grace_days: graceDays, list }
}

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number.')
}

const listed = (versions: readonly PolicyAnswer[]): string =>
  table([
    ['VERSION', 'MIN LENGTH', 'LIST', 'GRACE DAYS', 'MADE'],
    ...versions.map(({ version, min_length, list, grace_days, made_at }) => [
      String(version),
      String(min_length),
      list,
      String(grace_days),
      made_at ?? 'by PASSERELLE_PASSWORD_MIN',
    ]),
  ])

const counted = ({ accounts, must_change, fit, unknown }: PreviewAnswer): string =>
  table([
    ['all accounts with a password', String(accounts)],
    ['would have to change it', String(must_change)],
    ['known to fit', String(fit)],
    ['unknown until they sign in', String(unknown)],
  ])
