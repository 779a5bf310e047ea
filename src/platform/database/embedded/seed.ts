import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minutes } from '../../clock.ts'
import { packageRoot } from '../../package-root.ts'
import { writeWhole } from './archive.ts'
import { startThread } from './thread.ts'

const NO_LIMIT = minutes(10)
const seedFile = join(packageRoot, 'dist', 'seed.tar.gz')

/** The files of a freshly made database, as a gzipped tar archive. Takes some seconds and 500 MB, which are given back. */
async function makeSeed(): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = startThread({ for: 'making a seed' }, NO_LIMIT, (message) => {
      if (message.kind === 'archive') resolve(message.bytes)
    })
    thread.ready.catch(reject) // it never serves, so that is when it has ended
  })
}

/** Writes the archive that a first start loads, in a quarter of the time that making a database takes. For the build. */
export const writeSeed = async (file: string = seedFile): Promise<void> => writeWhole(file, await makeSeed())

/** The archive of the build; undefined where the build made none. */
export const builtSeed = async (): Promise<Uint8Array | undefined> =>
  existsSync(seedFile) ? await readFile(seedFile) : undefined

/** The archive of the build, or else one made now. */
export const anySeed = async (): Promise<Uint8Array> => (await builtSeed()) ?? (await makeSeed())
