/** Tests and comments cite what the service promises by number; every number stands in docs/behaviour.md. */
import { at } from './tree.mjs'

const PROMISES = 'docs/behaviour.md'
const WRITTEN = /^- \*\*([A-Z]\d{1,2})\*\* /gm
const CITED = /(?<![\w+.-])[A-Z]\d{1,2}(?!\w|\.\d)/g
const NAME = /\b(?:test|it|suite|describe|story)\(\s*$/

/** In comments, and in the names of tests. */
export function* promisesAreWritten({ files }) {
  const text = files.find(({ path }) => path === PROMISES)?.text ?? ''
  const written = new Set([...text.matchAll(WRITTEN)].map(([, number]) => number))
  for (const file of files.filter(({ path, isCode }) => isCode && /^(?:src|dev|e2e|bench)\//.test(path))) {
    const names = file.strings.filter(({ start }) => NAME.test(file.code.slice(0, start)))
    for (const { start, text } of [...file.comments, ...names])
      for (const { 0: number, index } of text.matchAll(CITED))
        if (!written.has(number)) yield at(file, start + index, `${number} is no promise in ${PROMISES}`)
  }
}
