import { fstatSync, fsyncSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

const EIO = 29 // as WebAssembly's system interface numbers it

type SyncableStream = { readonly nfd?: number }

/**
 * PGlite's file system in a folder, with the one thing it lacks: when the server asks for fsync, the disk is told.
 * It reaches into PGlite's insides, so `syncs` lets the start prove that the server really comes by here.
 */
export class SyncedFS extends NodeFS {
  /** How often the server had something written through to the disk. */
  syncs = 0

  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const started = await super.init(...given)
    started.emscriptenOpts.preRun?.push((server) => {
      const fsync = (stream: SyncableStream): number => {
        try {
          this.#sync(stream)
          return 0
        } catch {
          throw new server.FS.ErrnoError(EIO) // the server panics, as it should: it cannot know what is on the disk
        }
      }
      Object.assign(server.NODEFS.stream_ops, { fsync })
    })
    return started
  }

  #sync({ nfd }: SyncableStream): void {
    if (nfd === undefined) return
    fsyncSync(nfd)
    if (fstatSync(nfd).isFile()) this.syncs++
  }
}
