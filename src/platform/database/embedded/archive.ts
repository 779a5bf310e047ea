import { mkdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const BLOCK = 512
const AT_ONCE = 16

type Entry = { readonly name: string; readonly isFolder: boolean; readonly data: Buffer }

/** The entries of a tar archive as PGlite writes it (ustar, names up to 100 characters). */
function* entriesOf(tar: Buffer): Generator<Entry> {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const text = (from: number, to: number) => tar.toString('utf8', at + from, at + to).replace(/\0.*$/s, '')
    const name = text(0, 100).replace(/^\/+/, '')
    if (name === '') return
    if (name.split('/').includes('..')) throw new Error(`the archive names a file outside of itself: ${name}`)
    const size = Number.parseInt(text(124, 136), 8)
    const start = at + BLOCK
    if (!(start + size <= tar.length)) throw new Error('the archive is cut off or not a tar archive')
    yield { name, isFolder: text(156, 157) === '5', data: tar.subarray(start, start + size) }
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
}

async function synced(file: FileHandle): Promise<void> {
  await file.sync()
  await file.close()
}

const syncFolder = async (folder: string): Promise<void> => synced(await open(folder, 'r'))

/**
 * Makes `folder` out of a gzipped tar archive: all of it, on the disk, or nothing, whatever happens meanwhile.
 * `folder` does not exist yet, or is empty; its parent exists.
 * @throws when the archive is damaged or the disk refuses
 */
export async function unpack(archive: Uint8Array, folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const folders = [unfinished]
  const files: Entry[] = []
  for (const entry of entriesOf(gunzipSync(archive))) {
    if (entry.isFolder) folders.push(join(unfinished, entry.name))
    else files.push(entry)
  }
  for (const path of folders) mkdirSync(path, { mode: 0o700, recursive: true })
  const write = async (): Promise<void> => {
    for (let entry = files.pop(); entry; entry = files.pop()) {
      const file = await open(join(unfinished, entry.name), 'wx', 0o600)
      await file.writeFile(entry.data)
      await synced(file)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, write))
  await Promise.all(folders.map(syncFolder))
  await rename(unfinished, folder)
  await syncFolder(dirname(folder))
}

/** Writes `bytes` to `path`: all of it, on the disk, or nothing. Only the owner may read it. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.unfinished`
  await rm(unfinished, { force: true })
  const file = await open(unfinished, 'wx', 0o600)
  await file.writeFile(bytes)
  await synced(file)
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}
