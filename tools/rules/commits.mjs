/** Subjects of commits begin with the area and are short (CONTRIBUTING.md): `node tools/rules/commits.mjs origin/main`. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MOST = 72
const AREA = /^[a-z][a-z0-9-]*(?:, [a-z][a-z0-9-]*)*: \S/

/** What is wrong with it; undefined where nothing is. */
export function flawOf(subject) {
  if (!AREA.test(subject)) return 'begins with no area, as in "oidc: a refresh token is bound to its key"'
  return subject.length > MOST
    ? `${subject.length} characters, ${MOST} at most: the rest goes into the body`
    : undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const log = ['log', '--no-merges', '--format=%h %s', `${process.argv[2]}..HEAD`, '--']
  for (const line of execFileSync('git', log, { encoding: 'utf8' }).split('\n').filter(Boolean)) {
    const flaw = flawOf(line.slice(line.indexOf(' ') + 1))
    if (!flaw) continue
    console.log(`${line}\n  ${flaw}`)
    process.exitCode = 1
  }
}
