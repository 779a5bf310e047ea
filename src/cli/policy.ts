/** `passerelle policy`: what is asked of passwords, who needs a second factor, and how many accounts a change would touch. */
import { type Command, Option } from 'commander'
import type { NewPolicy, PoliciesAnswer, PolicyAnswer, PreviewAnswer } from '../operator/policy/routes.ts'
import { at } from '../urls.ts'
import { command, type Options, print, table, wholeNumberOrZero } from './client/output.ts'
import { ask } from './client/service.ts'

type PolicyOptions = Options & {
  minLength?: number
  graceDays?: number
  list?: 'standard' | 'strict'
  secondStep?: 'nobody' | 'staff' | 'everyone'
  secondStepGraceDays?: number
}

export function policyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('what is asked of passwords, and of whom a second way to sign in')
  const minLength = () => new Option('--min-length <N>', 'characters at least, 8 to 64').argParser(wholeNumberOrZero)
  const list = () =>
    new Option('--list <strength>', 'strict also refuses listed words in disguise').choices(['standard', 'strict'])
  command(policy, 'show', 'the policy that holds, and those before').action(async (options: Options) => {
    const data = await ask<PoliciesAnswer>('GET', '/policy')
    print(options, { data, text: listed(data.versions) })
  })
  command(policy, 'set', 'makes a new version; what is not said stays as it is')
    .addOption(minLength())
    .addOption(
      new Option('--grace-days <N>', 'for so long a password that falls short may be kept').argParser(
        wholeNumberOrZero,
      ),
    )
    .addOption(list())
    .addOption(
      new Option('--second-step <whose>', 'of whom a second way is required').choices(['nobody', 'staff', 'everyone']),
    )
    .addOption(
      new Option('--second-step-grace-days <N>', 'for so long it may be put off, from the first day on').argParser(
        wholeNumberOrZero,
      ),
    )
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

const wishOf = (options: PolicyOptions): NewPolicy => ({
  min_length: options.minLength,
  grace_days: options.graceDays,
  list: options.list,
  second_step: options.secondStep,
  second_step_grace_days: options.secondStepGraceDays,
})

const listed = (versions: readonly PolicyAnswer[]): string =>
  table([
    ['VERSION', 'MIN LENGTH', 'LIST', 'GRACE DAYS', 'SECOND STEP', 'ITS GRACE DAYS', 'MADE'],
    ...versions.map((one) => [
      String(one.version),
      String(one.min_length),
      one.list,
      String(one.grace_days),
      one.second_step,
      String(one.second_step_grace_days),
      one.made_at ?? 'by PASSERELLE_PASSWORD_MIN',
    ]),
  ])

const counted = ({ accounts, must_change, fit, unknown, without_second_way: without }: PreviewAnswer): string =>
  table([
    ['all accounts with a password', String(accounts)],
    ['would have to change it', String(must_change)],
    ['known to fit', String(fit)],
    ['unknown until they sign in', String(unknown)],
    ['all accounts without a second way', String(without.everyone)],
    ['of these, staff', String(without.staff)],
  ])
