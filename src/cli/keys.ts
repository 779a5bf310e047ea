/** `passerelle keys`: the keys that sign tokens. */
import type { Command } from 'commander'
import type { KeysAnswer } from '../operator/keys/routes.ts'
import { command, type Options, print, table } from './client/output.ts'
import { ask } from './client/service.ts'

export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('the keys that sign tokens')
  command(keys, 'list', 'every key that is published').action(async (options: Options) =>
    printKeys(options, await ask<KeysAnswer>('GET', '/keys')),
  )
  command(keys, 'rotate', 'lets the next keys sign; those that signed stay published for 30 days').action(
    async (options: Options) => printKeys(options, await ask<KeysAnswer>('POST', '/keys/rotate')),
  )
}

function printKeys(options: Options, data: KeysAnswer): void {
  const rows = data.keys.map((key) => [key.id, key.algorithm, key.state, key.made_at, key.retired_at ?? '-'])
  print(options, { data, text: table([['ID', 'ALGORITHM', 'STATE', 'MADE', 'RETIRED'], ...rows]) })
}
