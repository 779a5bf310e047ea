/** The command line: every command, its help, its exit code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { packageRoot } from '../platform/package-root.ts'
import { visible } from '../platform/plain-text.ts'
import { accountCommands } from './accounts/accounts.ts'
import { supportCommands } from './accounts/support.ts'
import { auditCommands } from './audit.ts'
import { command, jsonLine, type Options, wholeNumber } from './client/output.ts'
import { explain } from './client/refusal.ts'
import { keyCommands } from './keys.ts'
import { policyCommands } from './policy.ts'
import { productCommands } from './products.ts'

const REFUSED = 1
const MISUSED = 2
const HELP = ['help', '--help', '-h']

export async function run(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessNobodyReads)
  try {
    const program = everyCommand()
    await program.parseAsync(isKnown(program, argv.slice(2)) ? [...argv] : argv.filter((word) => !HELP.includes(word)))
  } catch (error) {
    process.exitCode = refuse(error, argv.includes('--json'))
    if (process.connected) process.disconnect() // a cluster worker: the channel would keep the process alive
  }
}

/** Who reads what we print may stop before its end, as `head` does. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** Commander helps with any command; without the word for help, it refuses one that there is not. */
function isKnown({ commands }: Command, words: readonly string[]): boolean {
  const [word, ...rest] = words.filter((word) => !HELP.includes(word))
  const next = commands.find((command) => command.name() === word)
  if (next) return isKnown(next, rest)
  return commands.length === 0 || word === undefined || word.startsWith('-')
}

function everyCommand(): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  const program = new Command('passerelle')
    .description('One account for all your products: the account service and its tools.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: () => {} }) // refuse() says it
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 misused. docs/settings.md lists the settings.')
  // What needs more than a request is loaded when it is asked for: help and refusals come at once.
  command(program, 'serve', 'the service, in the foreground')
    .option('--workers <N>', 'as so many processes, on PostgreSQL', wholeNumber)
    .action(async ({ workers, ...options }: Options & { workers?: number }) => {
      if (workers && workers > 1) (await import('./serve/workers.ts')).superviseWorkers(workers, options)
      else await (await import('./serve/serve.ts')).serve(options)
    })
  command(program, 'demo', 'the service, with two sample products').action(async (options: Options) =>
    (await import('./serve/serve.ts')).demo(options),
  )
  command(program, 'doctor', 'checks the installation, and says what to do').action(async (options: Options) =>
    (await import('./doctor/doctor.ts')).doctor(options),
  )
  command(program, 'migrate', 'brings the schema of the database up to date; serve does so too')
    .option('--status', 'only tells what is applied')
    .action(async (options: Options) => (await import('./installation/migrate.ts')).migrateOrTell(options))
  productCommands(program)
  accountCommands(program)
  supportCommands(program)
  keyCommands(program)
  auditCommands(program)
  policyCommands(program)
  return program
}

/** Says why, on one line, and as JSON where that was asked for. @returns the exit code */
function refuse(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && /^commander\.(help|version)/.test(error.code)) return error.exitCode && MISUSED
  const isMisuse = error instanceof CommanderError
  const { reason, detail } = isMisuse ? { reason: 'misused', detail: misuse(error) } : explain(error)
  process.stderr.write(`passerelle: ${visible(detail)}\n`)
  if (json) console.log(jsonLine({ error: { reason, detail } }))
  return isMisuse ? MISUSED : REFUSED
}

const misuse = ({ message }: CommanderError): string =>
  `${message
    .replace(/^error: |\.$/g, '')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')}; --help says more`
