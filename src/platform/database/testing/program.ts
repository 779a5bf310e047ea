import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Program = {
  readonly child: ChildProcess
  /** What it has printed, line by line. */
  readonly lines: readonly string[]
  /** Resolves with the next line it prints, or with '' if it ends before. */
  nextLine(): Promise<string>
  /** Kills it as nothing can be caught; resolves when its last line has been read. */
  kill(): Promise<void>
}

/** For a process that ends soon: to optimize the WebAssembly of the embedded database costs more than that ever saves. */
export const FOR_A_SHORT_LIFE = '--liftoff-only'

/** Starts another program of this folder as a process of its own. */
export function startProgram(name: string, ...args: readonly string[]): Program {
  const file = fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url))
  const child = spawn(process.execPath, [FOR_A_SHORT_LIFE, file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const output = createInterface(child.stdout)
  const ended = Promise.all([once(output, 'close'), once(child, 'exit')]) // its output closes before it is quite dead
  const lines: string[] = []
  output.on('line', (line) => lines.push(line))
  return {
    child,
    lines,
    nextLine: () => Promise.race([once(output, 'line').then(String), ended.then(() => '')]),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
