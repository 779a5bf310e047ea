/** The checkout, read once: every text file, and for code its imports with what they point at. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { importsIn, scan } from './scan.mjs'

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.data', '.build'])
const NUL = '\0'

/** @returns `{ files, folders }`; paths are relative to `root`, with forward slashes */
export function readTree(root) {
  const files = []
  const folders = []
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name)
      if (NOT_OURS.has(entry.name)) continue
      if (entry.isDirectory()) {
        folders.push(path)
        walk(path)
      } else if (entry.isFile()) {
        const text = readFileSync(join(root, path), 'utf8')
        if (!text.includes(NUL)) files.push(describe(path, text))
      }
    }
  }
  walk('')
  const paths = new Set(files.map((file) => file.path))
  for (const file of files) for (const one of file.imports) one.to = resolve(file.path, one.specifier, paths)
  return { files, folders }
}

function describe(path, text) {
  const isCode = /\.(ts|tsx|mjs)$/.test(path)
  const nothing = { code: '', strings: [], expressions: [], comments: [] }
  const { code, strings, expressions, comments } = isCode ? scan(text) : nothing
  const isTest = /\.test\.(ts|tsx|mjs)$|(^|\/)testing(\/|\.tsx?$)|^e2e\//.test(path)
  const isProduct = /^src\/.*\.tsx?$/.test(path) && !isTest
  return {
    path,
    name: basename(path),
    folder: dirname(path),
    text,
    code,
    strings,
    expressions,
    comments,
    isCode,
    isTest,
    isProduct,
    imports: importsIn(text, code),
  }
}

/** The path of the file that a relative specifier means; undefined for a package. */
function resolve(from, specifier, paths) {
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(from), specifier)
  const stem = path.replace(/\.jsx?$/, '')
  return [path, `${stem}.ts`, `${stem}.tsx`].find((candidate) => paths.has(candidate)) ?? path
}

/** A violation at an offset of a file. */
export const at = (file, offset, message) => ({
  file: file.path,
  line: file.text.slice(0, offset).split('\n').length,
  message,
})

/** A violation at every match of `pattern` in the file's code. */
export const eachMatch = (file, pattern, message) =>
  [...file.code.matchAll(pattern)].map((m) => at(file, m.index, message(m)))
