/** A service under measurement: the real program in a process of its own, and what the operating system says of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'
import { freePort } from '../src/testing/free-port.ts'

export type Measured = {
  url: string
  token: string
  /** From the start of the process to the first ready answer, in seconds. */
  startSeconds: number
  residentMegabytes(): number
  /** Processor time of all its threads so far, in milliseconds. */
  processorMilliseconds(): number
  stop(): Promise<void>
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'passerelle-bench-'))
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** Limits that one machine which asks for everybody does not meet. */
export const UNDEFENDED = {
  PASSERELLE_SIGN_IN_TRIES: '100',
  PASSERELLE_WAIT_FROM: '100',
  PASSERELLE_NETWORK_TRIES: '100000',
  PASSERELLE_NETWORK_REQUESTS: '100000',
  PASSERELLE_ADDRESS_REQUESTS: '100000',
  PASSERELLE_CHALLENGE_NETWORK: '100000',
  PASSERELLE_CHALLENGE_ADDRESS: '100000',
  PASSERELLE_CHALLENGE_SERVICE: '100000',
  PASSERELLE_CHALLENGE_STUFFING: '100000',
}
/** The limits as they are; networks are what the requests say. */
export const DEFENDED = { PASSERELLE_TRUSTED_PROXIES: '127.0.0.1, ::1' }

/** Starts the service on the folder, or on the database that `databaseUrl` names. */
export async function startService(
  folder: string,
  databaseUrl: string | undefined,
  limits: Record<string, string> = UNDEFENDED,
): Promise<Measured> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js'), 'serve'], {
    env: {
      PATH: process.env.PATH,
      PASSERELLE_URL: url,
      PORT: String(port),
      PASSERELLE_DATA: folder,
      ...limits,
      ...(databaseUrl && { DATABASE_URL: databaseUrl, PASSERELLE_SECRET: 'a master key for measuring, long enough' }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const began = performance.now()
  await untilReady(url, child)
  const startSeconds = (performance.now() - began) / 1_000
  return {
    url,
    token: readFileSync(join(folder, 'admin-token'), 'utf8').trim(),
    startSeconds,
    residentMegabytes: () =>
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024,
    processorMilliseconds: () => {
      const [, afterName = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')
      const [user, system] = afterName.split(' ').slice(11, 13).map(Number) // in ticks, of which Linux shows 100 a second
      return ((user ?? 0) + (system ?? 0)) * 10
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('the service ended before it was ready')
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
