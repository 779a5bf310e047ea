/** Text from outside: its length is looked at first, and no regular expression takes longer than it is long. */
import { at, eachMatch } from './tree.mjs'

const TEXT = 'src/platform/text.ts'

/** What takes more time than a text is long, or as much as it says: where it may stand, since length comes first there. */
const DEAR = [
  [/\.normalize\b/g, [TEXT], 'normalForm() of platform/text.ts, which looks at the length first'],
  [
    /\bJSON\.parse\((?!keyring\.open\(|JSON\.stringify\(|readFileSync\(|facts\)|offer\))/g,
    [TEXT, 'src/platform/log/log.ts'],
    'readJson() of platform/text.ts; what we sealed ourselves (`offer`), or the outbox keeps (`facts`), may be parsed at once',
  ],
  [/\bparsePhoneNumber\(/g, ['src/platform/phone/number.ts'], 'parseNumber() of platform/phone'],
  [/\bBowser\b/g, ['src/platform/user-agent.ts'], 'browserName() of platform/web'],
  [
    /\bdomainTo(?:ASCII|Unicode)\(/g,
    ['src/core/model/account/email.ts', 'src/platform/mail/smtp.ts'],
    'parseEmail() of core/model/account',
  ],
]

/** Nothing that is dear is done to a text whose length nobody has looked at. The commands read what the operator types. */
export function* lengthComesFirst({ files }) {
  for (const file of files.filter(({ isProduct, path }) => isProduct && !path.startsWith('src/cli/')))
    for (const [pattern, homes, advice] of DEAR)
      if (!homes.includes(file.path)) yield* eachMatch(file, pattern, ([found]) => `\`${found}\`: ask ${advice}`)
}

/** So often a piece is said in a row: what doubles with each more is seen at the second, a cube at the third, a square at the last. */
const TIMES = [16, 24, 1_000, 24_000]
/** What a linear expression needs for the longest is under a hundredth of that, and a square ten times as much. */
const MOST_MS = 10
const PIECES = ['a', 'A', '1', ' ', '\n', '\u00e9', '\u0301', '\u{1d54f}', '\ud800', '\0']
const ENDS = ['\0', 'a']

/** Pieces that the expression itself names come first: its letters and signs, one by one and in pairs. */
function piecesOf(source) {
  const named = source.replace(/\\[pP]\{[^}]*\}|\\u\{?[0-9a-f]{4,6}\}?|\\./gi, (it) =>
    /^\\[^a-z]/i.test(it) ? it[1] : ' ',
  )
  const signs = [...new Set([...named])].filter((sign) => !'^$|()?*+\\'.includes(sign)).slice(0, 24)
  const escaped = [...source.matchAll(/\\u\{?([0-9a-f]{4,6})\}?/gi)].map(([, code]) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  )
  const own = [...new Set([...signs, ...escaped])]
  return [...new Set([...PIECES, ...own, ...own.slice(1).map((sign, before) => own[before] + sign)])]
}

/** Of processor time: what else runs on the machine does not count. */
function msOf(expression, text) {
  const before = process.cpuUsage()
  text.replace(expression, '')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Collecting garbage takes some milliseconds now and then: what is not far beyond the limit is measured three times. */
function isDear(measure) {
  const first = measure()
  return first > 10 * MOST_MS || (first > MOST_MS && measure() > MOST_MS && measure() > MOST_MS)
}

/** A text on which the expression takes more than its share, said in short; undefined where none was found. */
function dearFor(literal) {
  const [, source, flags] = /^\/(.*)\/([dgimsuvy]*)$/s.exec(literal) ?? []
  if (!/[*+]|\{\d+,\}/.test(source ?? '')) return undefined // nothing is repeated, or it is a path in the text of a page
  const expression = new RegExp(source, flags)
  const pieces = piecesOf(source)
  const [first = '', second = ''] = pieces.slice(PIECES.length)
  const starts = new Set(['', first, first + second])
  for (const times of TIMES)
    for (const piece of pieces)
      for (const start of starts)
        for (const end of ENDS) {
          const text = start + piece.repeat(times) + end
          if (isDear(() => msOf(expression, text))) return `${JSON.stringify(piece)}, ${times} times`
        }
  return undefined
}

/** A regular expression takes as long as the text is, whatever it says: none that goes back over what it has read. */
export function* expressionsAreLinear({ files }) {
  const known = new Map()
  for (const file of files.filter(({ isProduct }) => isProduct))
    for (const { start, text } of file.expressions) {
      if (!known.has(text)) known.set(text, dearFor(text))
      const dear = known.get(text)
      if (dear)
        yield at(file, start, `${text} takes more than ${MOST_MS} ms for ${dear}: write it so that it is linear`)
    }
}
