/** What is written for readers: numbers that tests cite, decisions and their index, dependencies, the glossary, comments. */
import { at } from './tree.mjs'

const PROMISES = 'docs/behaviour.md'
const WRITTEN = /^- \*\*([A-Z]\d{1,2})\*\* /gm
const CITED = /(?<![\w+.-])[A-Z]\d{1,2}(?!\w|\.\d)/g
const NAME = /\b(?:test|it|suite|describe|story)\(\s*$/

/** Tests and comments cite what the service promises by number; every number stands in docs/behaviour.md. */
export function* promisesAreWritten({ files }) {
  const text = files.find(({ path }) => path === PROMISES)?.text ?? ''
  const written = new Set([...text.matchAll(WRITTEN)].map(([, number]) => number))
  for (const file of files.filter(({ path, isCode }) => isCode && /^(?:src|dev|e2e|bench)\//.test(path))) {
    const names = file.strings.filter(({ start }) => NAME.test(file.code.slice(Math.max(0, start - 40), start)))
    for (const { start, text } of [...file.comments, ...names])
      for (const { 0: number, index } of text.matchAll(CITED))
        if (!written.has(number)) yield at(file, start + index, `${number} is no promise in ${PROMISES}`)
  }
}

const GLOSSARY = 'docs/glossary.md'

/** What the glossary calls a name in code is one: it begins a row in backticks. */
export function* glossaryIsTrue({ files }) {
  const glossary = files.find(({ path }) => path === GLOSSARY)
  const code = files.filter(({ path, isProduct }) => isProduct && path.startsWith('src/')).map((file) => file.code)
  for (const { 1: name, index } of glossary?.text.matchAll(/^\| `(\w+)`/gm) ?? [])
    if (!code.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
      yield at(glossary, index, `nothing in src/ is called ${name}`)
}

const RECORD = /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/
const HEAD = /^# (.+)\n\n(\d{4}-\d\d-\d\d) · (accepted.*|superseded by \d{4})\n\n/

const DEPENDENCIES = 'docs/decisions/0012-dependencies.md'

/** docs/decisions/0012 has a line of each dependency of package.json. */
export function* dependenciesAreRecorded({ files }) {
  const manifest = files.find(({ path }) => path === 'package.json')
  const text = files.find(({ path }) => path === DEPENDENCIES)?.text ?? ''
  const recorded = new Set([...text.matchAll(/^\| (.+?) \|/gm)].flatMap(([, names]) => names.trim().split(', ')))
  for (const name of Object.keys(JSON.parse(manifest?.text ?? '{}').dependencies ?? {}))
    if (!recorded.has(name))
      yield at(
        manifest,
        manifest.text.indexOf(`"${name}"`),
        `${name} has no line in ${DEPENDENCIES}: say why it is needed`,
      )
}

/** Each record says its title, date and status, and the index has a row of them. */
export function* decisionsAreListed({ files }) {
  const index = files.find(({ path }) => path === 'docs/decisions/README.md')?.text ?? ''
  for (const file of files) {
    const [, number] = RECORD.exec(file.path) ?? []
    if (!number) continue
    const [, title, date, status] = HEAD.exec(file.text) ?? []
    const row = `| [${number}](${file.name}) | ${title} | ${date} | ${status} |`
    if (!title)
      yield at(file, 0, 'begins with `# Title`, an empty line, and `2026-01-31 · accepted` (or `superseded by 0042`)')
    else if (!index.includes(`\n${row}\n`)) yield at(file, 0, `its row is not in docs/decisions/README.md: ${row}`)
  }
}

const TWO_READINGS = [
  [/\bwhoever\b/gi, 'say who it is'],
  [/^\/\*\*\s+The same (?:of|for|where|with|as|without|by)\b/g, 'say what it is: what it is the same as may move'],
]
const FILE_NAME = /(?<![\w/.-])[\w-]+(?:\/[\w-]+)*\.(?:tsx?|mjs|sql)\b/g

/** Comments of the product have one reading (STYLE.md), and name no file that is not there. */
export function* commentsHaveOneReading({ files }) {
  const paths = files.map(({ path }) => path)
  for (const file of files.filter(({ isProduct }) => isProduct)) {
    for (const { start, text } of file.comments) {
      for (const [pattern, advice] of TWO_READINGS)
        for (const { 0: found, index } of text.matchAll(pattern))
          yield at(file, start + index, `\`${found}\`: ${advice}`)
      for (const { 0: name, index } of text.matchAll(FILE_NAME))
        if (!paths.some((path) => path === name || path.endsWith(`/${name}`)))
          yield at(file, start + index, `there is no file ${name}`)
    }
  }
}
