import { readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'

/**
 * A process, described so that no other can be taken for it: a process id is given again, and is the same in two
 * containers. The fields after `pid` are empty where the system does not tell (they come from Linux's /proc).
 */
export type Owner = {
  readonly id: string
  readonly pid: number
  /** When the process started, in clock ticks since the machine did. */
  readonly started: string
  readonly machineStart: string
  /** The container, as it were: process ids mean something only inside of it. */
  readonly pidNamespace: string
}

const orEmpty = (read: () => string): string => {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

/** Empty if there is no such process, or it is dead and only waits to be collected by its parent. */
function startOf(pid: number): string {
  const status = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const [state, ...rest] = status.slice(status.lastIndexOf(')') + 2).split(' ') // the name in brackets may hold anything
  return state === 'Z' || state === 'X' ? '' : (rest[18] ?? '')
}

export const thisProcess = (id: string): Owner => ({
  id,
  pid: process.pid,
  started: startOf(process.pid),
  machineStart: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  pidNamespace: orEmpty(() => readlinkSync('/proc/self/ns/pid')),
})

/**
 * Whether the process still runs; in doubt, yes.
 * @param socket where that process listens while it lives: the only way to see into another container
 */
export async function isAlive(owner: Owner, socket: string): Promise<boolean> {
  const self = thisProcess('')
  if (owner.machineStart !== self.machineStart) return false
  if (owner.pidNamespace !== self.pidNamespace) return somebodyListens(socket)
  if (owner.started !== '') return startOf(owner.pid) === owner.started
  try {
    return process.kill(owner.pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

const somebodyListens = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const attempt = connect(socket, () => {
      attempt.destroy()
      resolve(true)
    })
    attempt.once('error', (error) => resolve(!('code' in error && error.code === 'ECONNREFUSED')))
  })

export const toText = (owner: Owner): string =>
  `${[owner.pid, owner.id, owner.started, owner.machineStart, owner.pidNamespace].join('\n')}\n`

/** The reverse of `toText`; undefined when the text is not whole. */
export function fromText(text: string): Owner | undefined {
  const [pid, id, started, machineStart, pidNamespace, end] = text.split('\n')
  if (!pid || !id || end !== '') return undefined
  if (started === undefined || machineStart === undefined || pidNamespace === undefined) return undefined
  return { pid: Number(pid), id, started, machineStart, pidNamespace }
}
