/** What must not be in a public repository. */
import { missingFrom } from '../complete-lockfile.mjs'
import { at } from './tree.mjs'

const ANYWHERE = [
  [/(?<![\w.$}-])\/(?:work|root|tmp)\//g, 'a path of one machine: use os.tmpdir(), a relative path or a placeholder'],
  [
    /\bregistry\.[\w-]+\.\w{2,}|\/\/[\w.-]*(?:registry|artifactory|verdaccio)[\w.-]*[:/]/g,
    'the host name of a package registry: npm knows where to ask',
  ],
]
const IN_CODE = [[/\b(?:TO-?DO|FIX-?ME|XX-?X)\b/g, 'unfinished: do it, or open an issue']]
const IN_TESTS = [
  [
    /\b(?:test|it|suite|describe)\.(?:only|skip|todo)\(|\bt\.(?:skip|todo)\(\s*\)|\b(?:only|skip|todo):\s*true\b/g,
    "a test switched off: say why with { skip: 'the reason' }",
  ],
]

const matches = (file, text, patterns) =>
  patterns.flatMap(([pattern, advice]) =>
    [...text.matchAll(pattern)].map((m) => at(file, m.index, `\`${m[0].trim()}\`: ${advice}`)),
  )

function* lockfileIsPortable(file) {
  const address = file.text.indexOf('"resolved": "http')
  if (address >= 0)
    yield at(file, address, 'a download address: run `npm install --package-lock-only` (.npmrc omits them)')
  const missing = missingFrom(JSON.parse(file.text))
  if (missing.length) {
    const advice = 'run `node tools/complete-lockfile.mjs`, or `npm ci` refuses this lockfile'
    yield at(file, 0, `${missing.length} optional packages left out (${missing[0].path}, …): ${advice}`)
  }
}

/** No machine paths, registry host names, download addresses, reminders, or tests switched off without a reason. */
export function* repositoryIsClean({ files }) {
  for (const file of files) {
    if (file.path === 'package-lock.json') {
      yield* lockfileIsPortable(file)
      continue
    }
    yield* matches(file, file.text, ANYWHERE)
    if (file.isCode || /\.(css|sql)$/.test(file.path)) yield* matches(file, file.text, IN_CODE)
    if (file.isTest) yield* matches(file, file.code, IN_TESTS)
  }
}
