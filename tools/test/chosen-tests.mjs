/** Which test files `npm test -- FILE… --grep NAME` means. */
import { posix, relative } from 'node:path'
import { root } from '../install.mjs'

const isTest = ({ path }) => /\.test\.\w+$/.test(path)
const stemOf = (path) => path.replace(/\.(?:[jt]sx?|mjs)$/, '')
const DEFINES_TESTS = /import \{[^}]*\b(?:suite|test|describe|it)\b[^}]*\} from 'node:test'/
/** An expression in a template, as scan.mjs gives it. */
const HOLE = '?'
/** Fewer letters than that beside the holes say nothing about the name. */
const ENOUGH_LETTERS = 8

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The words themselves, and what they say as a regular expression, if they are one. */
export function patternsOf(name) {
  try {
    return [escaped(name), new RegExp(name).source]
  } catch {
    return [escaped(name)]
  }
}

/** Nobody has such a file, or such a test: the message is for the person who asked. */
export class NothingChosen extends Error {}

/**
 * @param files of `readTree()`
 * @param paths test files, in the sources or in dist/; a folder or another file means the tests below or beside it
 * @param name a regular expression, or the words themselves
 * @returns the paths of test files
 * @throws NothingChosen
 */
export function chosenTests(files, { paths = [], name }) {
  const meant = paths.length === 0 ? files.filter(isTest) : paths.flatMap((path) => testsAt(files, path))
  const chosen = name === undefined ? meant : namedLike(meant, name, files)
  return [...new Set(chosen.map(({ path }) => path))]
}

function testsAt(files, asked) {
  const stem = stemOf(posix.normalize(relative(root, asked).replaceAll('\\', '/'))).replace(/^dist\//, '')
  const named = files.filter(({ path }) => stemOf(path) === stem)
  const beside = named.length > 0 ? posix.dirname(stem) : stem
  const tests = named.some(isTest) ? named : files.filter(({ path }) => path.startsWith(`${beside}/`))
  if (tests.some(isTest)) return tests.filter(isTest)
  throw new NothingChosen(`${asked}: there is no test in it or beside it.`)
}

/** By what the sources say: to ask the tests themselves for their names takes as long as to run them. */
function namedLike(tests, name, files) {
  const patterns = patternsOf(name).map((pattern) => new RegExp(pattern))
  const byPath = new Map(files.map((file) => [file.path, file]))
  /** The file itself, and those it imports that define tests for it. */
  const sourcesOf = (file) => [
    file,
    ...file.imports.map(({ to }) => byPath.get(to)).filter((it) => it && !isTest(it) && DEFINES_TESTS.test(it.text)),
  ]
  const chosen = tests.filter((test) =>
    sourcesOf(test).some((source) => namesIn(source).some((it) => says(it, name, patterns))),
  )
  if (chosen.length > 0) return chosen
  throw new NothingChosen(
    `--grep ${name}: no source says a name like that. If it is put together while tests run, give their file.`,
  )
}

/** Whatever reads like one: names stand in tables, too. */
const namesIn = ({ strings, code }) =>
  strings.filter(
    ({ text, start }) =>
      text.includes(' ') || /\b(?:suite|test|describe|story)\(\s*$/.test(code.slice(start - 20, start)),
  )

function says({ text, isTemplate }, name, patterns) {
  const said = text.replaceAll(/\\(['"`\\])/g, '$1')
  if (patterns.some((pattern) => pattern.test(said))) return true
  const parts = said.split(HOLE)
  if (!isTemplate || parts.join('').length < ENOUGH_LETTERS) return false
  return new RegExp(`^${parts.map(escaped).join('.*')}$`).test(name)
}
