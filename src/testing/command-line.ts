/** The command line as a process of its own, in an empty folder, with no settings but those it is given. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { FOR_A_SHORT_LIFE } from '../platform/database/testing/program.ts'

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url))

export type Environment = Record<string, string>
export type Ended = { code: number | null; stdout: string; stderr: string[] }

/** A folder that is removed when the test file ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const start = (args: readonly string[], environment: Environment, cwd: string): ChildProcess =>
  spawn(process.execPath, [FOR_A_SHORT_LIFE, PROGRAM, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: 'pipe',
  })

/** Runs a command to its end; whoever reads nothing has gone before it prints. */
export async function passerelle(
  args: readonly string[],
  environment: Environment = {},
  cwd = emptyFolder(),
  reader: 'reads' | 'reads nothing' = 'reads',
): Promise<Ended> {
  const child = start(args, environment, cwd)
  if (!child.stdout || !child.stderr) throw new Error('the output cannot be read')
  const ended = once(child, 'close')
  if (reader === 'reads nothing') child.stdout.destroy()
  const [stdout, said] = await Promise.all([reader === 'reads' ? text(child.stdout) : '', text(child.stderr)])
  const [code] = await ended
  const stderr = said.split('\n').filter((line) => line !== '')
  return { code, stdout, stderr }
}

/** `warnings`: what its log warned of before it was ready. */
export type Serving = { url: string; warnings: string[]; stop(): Promise<number | null> }

/** `passerelle serve` in a folder, or `demo`, until it is stopped or the test file ends. */
export async function serving(environment: Environment, cwd: string, command = 'serve'): Promise<Serving> {
  const child = start([command, '--json'], environment, cwd)
  after(() => child.kill('SIGKILL'))
  if (!child.stdout) throw new Error('the output cannot be read')
  const stop = async () => {
    child.kill('SIGTERM')
    return child.exitCode ?? (await once(child, 'exit'))[0]
  }
  const warnings: string[] = []
  for await (const line of createInterface(child.stdout)) {
    const { level, msg, url }: { level: number; msg: string; url: string } = JSON.parse(line)
    if (level === 40) warnings.push(msg)
    if (msg === 'Passerelle is ready') return { url, warnings, stop }
  }
  throw new Error('the service did not start')
}
