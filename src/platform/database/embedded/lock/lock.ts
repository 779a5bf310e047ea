import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { drawToken, systemRandom } from '../../../random.ts'
import { DatabaseUnavailable } from '../../../unavailable.ts'
import { fromText, isAlive, type Owner, thisProcess, toText } from './owner.ts'

export type Lock = { release(): Promise<void> }

const READ_TRIES = 25
const READ_PAUSE_MS = 20

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/**
 * Takes the data folder for this process: two servers on the same files lose rows without a word. The lock is
 * `database.lock` in the folder; it is taken over from a dead process, however young, and never from a living one,
 * however old. The folder is on a disk of this machine (containers may share it, machines may not).
 * @throws DatabaseUnavailable when another process has the folder
 */
export async function takeLock(folder: string): Promise<Lock> {
  const self = thisProcess(drawToken(systemRandom))
  const path = join(folder, 'database.lock')
  const here = openSync(folder, 'r')
  const socket = `/proc/self/fd/${here}/database.alive` // a socket's path may have 107 characters, a folder's more
  try {
    await claim(path, self, socket, folder)
  } catch (error) {
    closeSync(here)
    throw error
  }
  const hush = await listen(socket)
  return {
    release: async () => {
      await hush()
      closeSync(here)
      if ((await ownerOf(path))?.id === self.id) rmSync(path)
    },
  }
}

async function claim(path: string, self: Owner, socket: string, folder: string): Promise<void> {
  if (created(path, self)) return
  const owner = await ownerOf(path)
  const elsewhere = owner?.pidNamespace === self.pidNamespace ? '' : ' of another container'
  if (owner && (await isAlive(owner, socket)))
    throw new DatabaseUnavailable(
      `Process ${owner.pid}${elsewhere} already uses the database in ${folder}: stop it, or give this one another folder`,
    )
  if (owner) await succeed(owner, path, self, socket, folder)
  else await claim(path, self, socket, folder)
}

/**
 * Of several processes that found the owner dead, the one that creates a file named after that owner is the only one
 * that may replace its lock; by then the lock must still be the dead owner's.
 */
async function succeed(dead: Owner, path: string, self: Owner, socket: string, folder: string): Promise<void> {
  const right = `${path}.${dead.id}`
  await claim(right, self, socket, folder)
  if ((await ownerOf(path))?.id === dead.id) return renameSync(right, path)
  rmSync(right)
  await claim(path, self, socket, folder)
}

function created(path: string, self: Owner): boolean {
  try {
    writeFileSync(path, toText(self), { flag: 'wx', flush: true, mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Undefined if the lock is gone. A lock that is just being written is waited for. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  for (let attempt = 1; attempt <= READ_TRIES; attempt++) {
    try {
      const owner = fromText(readFileSync(path, 'utf8'))
      if (owner) return owner
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
    await pause(READ_PAUSE_MS)
  }
  throw new DatabaseUnavailable(`The lock ${path} cannot be read: delete it if no other Passerelle uses this folder`)
}

/** Lets processes in other containers see that this one lives. Where sockets cannot be, they have to believe it does. */
async function listen(socket: string): Promise<() => Promise<void>> {
  const server = createServer((visitor) => visitor.destroy()).unref()
  const listening = await new Promise<boolean>((resolve) => {
    rmSync(socket, { force: true })
    server.once('error', () => resolve(false))
    server.listen(socket, () => resolve(true))
  })
  return async () => {
    if (listening) await new Promise((closed) => server.close(closed))
  }
}
