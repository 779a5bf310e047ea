/** Small enough to read at once, and named for what it does. (Biome counts the lines of functions.) */
import { at } from './tree.mjs'

const LINES = 250
/** A file that is one table may be longer: there is nothing in it to split. */
const TABLE_LINES = 400
const TABLES = ['src/settings/specs.ts', 'src/core/limits/counters/limits.ts', 'tools/rules/check.test.mjs']
const ENTRIES = 12
const OURS = /^(?:src|dev|e2e|bench|tools)(?:\/|$)/
const EMPTY_NAME = /(?:^|[-.])(?:helpers?|utils?|common|managers?|misc)$/

/** Files up to 250 lines. */
export function* filesAreShort({ files }) {
  for (const file of files) {
    const lines = file.text.split('\n').length - 1
    const most = TABLES.includes(file.path) ? TABLE_LINES : LINES
    if (OURS.test(file.path) && file.isCode && lines > most)
      yield at(file, 0, `${lines} lines, ${most} at most: split it by what it is about`)
  }
}

/** src/, the areas of the slices and the platform are tables of contents: they grow with what the product can do. */
const CONTENTS = /^src(?:\/(?:sign-in|portal|operator|platform))?$/

/** Folders up to 12 entries; tests, golden files and the manifest do not count, nor do tables of contents. */
export function* foldersAreShort({ files, folders }) {
  for (const folder of folders.filter(
    (path) => OURS.test(path) && !CONTENTS.test(path) && !/(^|\/)golden(\/|$)/.test(path),
  )) {
    const isEntry = (path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/')
    const entries = [
      ...files.filter(({ path, name, isTest }) => isEntry(path) && !isTest && name !== 'slice.ts'),
      ...folders.filter((path) => isEntry(path) && !path.endsWith('/golden')),
    ].length
    if (entries > ENTRIES)
      yield {
        file: folder,
        line: 1,
        message: `${entries} entries, ${ENTRIES} at most: look for the two things it holds`,
      }
  }
}

/** A name says what is inside; these say nothing. */
export function* namesSaySomething({ files, folders }) {
  for (const path of [...folders, ...files.filter(({ isCode }) => isCode).map((file) => file.path)]) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.test)?\.\w+$/, '')
    if (OURS.test(path) && EMPTY_NAME.test(name))
      yield { file: path, line: 1, message: `"${name}" does not say what is inside` }
  }
}

const SLICE_FILE =
  /^(?:slice\.ts|rules(?:-[a-z-]+)?\.ts|store\.ts|routes\.tsx?|pages\.tsx|letters\.tsx?|texts\.ts|samples\.tsx|frame\.tsx|[\w-]+\.test\.tsx?)$/

/** Every slice uses the same file names and no others. */
export function* slicesUseTheFileNames({ files }) {
  for (const file of files) {
    const inSlice = file.path.match(/^src\/(?:sign-in|portal|operator)\/[^/]+\/(.+)$/)?.[1]
    if (!inSlice || inSlice.startsWith('golden/') || SLICE_FILE.test(inSlice)) continue
    yield at(
      file,
      0,
      'a slice holds slice.ts, rules.ts (and rules-….ts), store.ts, routes.tsx (routes.ts of an API), pages.tsx, letters.tsx, texts.ts, samples.tsx, frame.tsx, their tests and golden/',
    )
  }
}
