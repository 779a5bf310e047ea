/** A language is one file: a copy of the package that has more of them speaks them everywhere. Nothing else is touched, no test fails. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { packageRoot } from '../package-root.ts'

const copy = mkdtempSync(join(tmpdir(), 'passerelle-languages-'))
after(() => rmSync(copy, { recursive: true }))

/** The package, without its source maps and what the browsers' tests need. */
function copyPackage(): void {
  for (const path of ['package.json', 'locales', 'dist/src', 'dist/dev', 'dist/seed.tar.gz'])
    cpSync(join(packageRoot, path), join(copy, path), { recursive: true, filter: (from) => !from.endsWith('.map') })
  for (const path of ['node_modules', 'db', 'src']) symlinkSync(join(packageRoot, path), join(copy, path))
}

const made = { name: 'tlhIngan Hol', direction: 'rtl', region: 'IS', voice: 'is-IS' }

const write = (code: string, language: object, texts: object): void =>
  writeFileSync(join(copy, 'locales', `${code}.json`), JSON.stringify({ language, ...texts }, null, 2))

/** The French texts, in brackets. */
function inBrackets(): object {
  const french = readFileSync(join(packageRoot, 'locales/fr.json'), 'utf8')
  const { language: _, ...texts } = JSON.parse(french, (_, it) => (typeof it === 'string' ? `⟦${it}⟧` : it))
  return texts
}

/** Runs test files of the copy. @returns what they print */
async function run(...tests: string[]): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const args = ['--liftoff-only', '--test', '--test-reporter=tap', ...tests.map((it) => join(copy, 'dist/src', it))]
  const { code = 0, stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 2 ** 26 }).catch(
    (error) => error,
  )
  const failed = stdout.match(/^ *not ok .*(?:\n {2,}.*){0,25}/gm) ?? []
  assert.equal(code, 0, failed.join('\n'))
  return stdout
}

/** The tests that go through the languages, or through the samples. */
const CONCERNED = [
  'platform/languages/languages.test.js',
  'platform/languages/matching.test.js',
  'platform/web/server.test.js',
  'portal/profile/profile.test.js',
  'sign-in/choose-language/choose-language.test.js',
  'testing/samples-golden.test.js',
  'testing/samples.test.js',
  'ui/language-picker.test.js',
  'ui/pages.test.js',
]

suite('languages that are not there yet', () => {
  copyPackage()
  write('qtz', made, inBrackets())
  write('qtz-NO', { ...made, name: 'tlhIngan (NO)', region: 'NO' }, { 'sign-in': { title: '⟦Bare⟧' } })
  write('aa', { ...made, name: 'A translation that has begun' }, { 'sign-in': { title: '⟦Bare⟧' } })

  test('no test fails of another: one with every text, one with a single text, and variants, ten with ours', async () => {
    const ours = readdirSync(join(packageRoot, 'locales')).length
    for (let n = ours; n < 7; n++) write(`qtz-x-${n}`, { ...made, name: `tlhIngan ${n}` }, {})
    const skipped = (await run(...CONCERNED)).match(/locales.* # SKIP .*/g)?.join('\n') ?? ''
    assert.match(skipped, /qtz\.json # SKIP it is whole: run npm run golden$/m)
    assert.match(skipped, /aa\.json # SKIP it lacks \d+ texts/)
  })

  test('84 of them take part in everything', async () => {
    for (let n = 0; n < 78; n++) write(`qtz-x-${n}`, { ...made, name: `tlhIngan ${n}` }, {})
    assert.match(await run('testing/made-up-languages.js'), /^# pass 7$/m)
  })
})
