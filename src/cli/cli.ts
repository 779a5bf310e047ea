/** The command line: every command, its help, its exit code (0 done, 1 refused, 2 misused). */
import { Command, CommanderError } from 'commander'
import { DatabaseUnavailable } from '../platform/database/unavailable.ts'
import { MigrationFailed } from '../platform/database/migrate.ts'
import { WrongSetting } from '../settings.ts'
import { serve, stopOnSignal } from './serve.ts'

const REFUSED = 1
const MISUSED = 2

export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('passerelle')
    .description('One account for all your products: the account service and its tools.')
    .exitOverride()
  program
    .command('serve')
    .description('the service, in the foreground')
    .action(async () => stopOnSignal(await serve()))
  program
    .command('demo')
    .description('the service, with two sample products')
    .action(async () => {
      const running = await serve()
      const { startDemo } = await import('../../dev/demo.ts')
      stopOnSignal(running, await startDemo(running.world))
    })
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = exitCodeOf(error)
  }
}

/** A refusal is one line; a fault shows where it comes from. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED
  const known = error instanceof WrongSetting || error instanceof DatabaseUnavailable || error instanceof MigrationFailed
  const text = error instanceof Error ? (known || /^port /.test(error.message) ? error.message : error.stack) : String(error)
  process.stderr.write(`passerelle: ${text}\n`)
  return REFUSED
}
