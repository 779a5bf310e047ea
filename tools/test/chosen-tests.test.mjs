/** Which test files a file, a folder or a name means. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, suite, test } from 'node:test'
import { readTree } from '../rules/tree.mjs'
import { chosenTests, NothingChosen } from './chosen-tests.mjs'

const EMAIL = 'src/portal/email/email.test.ts'
const PAGES = 'src/portal/email/form/pages.test.tsx'
const PLAYED = 'e2e/guards/played.test.ts'
const HOLE = '${'

const root = mkdtempSync(join(tmpdir(), 'passerelle-chosen-'))
after(() => rmSync(root, { recursive: true }))
for (const [path, text] of Object.entries({
  'src/portal/email/rules.ts': '',
  [EMAIL]: "import { rules } from './rules.ts'\nsuite('K2: the address', () => test('it\\'s refused (twice)', run))",
  [PAGES]: "const CASES = { 'a code that is wrong': 1 }\nfor (const it of CASES) test('shown', run)",
  'e2e/guards/play.ts': `import { test } from 'node:test'\ntest(\`seed ${HOLE}seed} leaves the thief (${HOLE}seed}) nothing\`, run)`,
  [PLAYED]: "import { play } from './play.ts'\nplay('nobody')",
})) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const { files } = readTree(root)

suite('the tests that are chosen', () => {
  for (const [asked, expected] of [
    [EMAIL, [EMAIL]],
    ['dist/src/portal/email/email.test.js', [EMAIL]],
    [`./${PAGES}`, [PAGES]],
    ['dist/src/portal/email/form/pages.test.js', [PAGES]],
    ['src/portal/email', [EMAIL, PAGES]],
    ['src/portal/email/', [EMAIL, PAGES]],
    ['src/portal/email/rules.ts', [EMAIL, PAGES]],
  ])
    test(`${asked}`, () => assert.deepEqual(chosenTests(files, { paths: [asked] }).sort(), expected))

  for (const [name, expected] of [
    ['K2:', [EMAIL]],
    ["it's refused (twice)", [EMAIL]],
    ['refused \\(tw.ce', [EMAIL]],
    ['(twice', [EMAIL]],
    ['shown', [PAGES]],
    ['code that is', [PAGES]],
    ['seed 9 leaves the thief (9) nothing', [PLAYED]],
  ])
    test(`--grep ${name}`, () => assert.deepEqual(chosenTests(files, { name }), expected))

  test('both: the files among which the name is looked for', () => {
    assert.deepEqual(chosenTests(files, { paths: ['src'], name: 'K2' }), [EMAIL])
    assert.throws(() => chosenTests(files, { paths: ['e2e'], name: 'K2' }), NothingChosen)
  })

  for (const asked of [
    { paths: ['src/portal/emali'] },
    { paths: ['src/portal/email/nothing.ts'] },
    { name: 'nobody says so' },
    { name: 'email' },
  ])
    test(`none: ${JSON.stringify(asked)}`, () => assert.throws(() => chosenTests(files, asked), NothingChosen))
})
