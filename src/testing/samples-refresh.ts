/** `npm run golden`: writes the golden files anew; git shows what that changed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot } from '../platform/package-root.ts'
import { documents } from './documents.ts'
import { goldenFiles, goldenFilesOnDisk, presentable } from './samples-golden.ts'

const [wanted, found] = [goldenFiles(presentable), goldenFilesOnDisk()]
const stale = [...found.keys()].filter((path) => !wanted.has(path))
const changed = [...wanted].filter(([path, text]) => found.get(path) !== text)

for (const path of stale) rmSync(join(packageRoot, path))
for (const [path, text] of changed) {
  mkdirSync(dirname(join(packageRoot, path)), { recursive: true })
  writeFileSync(join(packageRoot, path), text)
}
console.log(`${wanted.size} golden files: ${changed.length} written, ${stale.length} deleted`)
for (const [path, text] of await documents()) writeFileSync(join(packageRoot, path), text)
