/** A language is one file: a copy of the package that has 81 more speaks them everywhere. Nothing else is touched. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
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

const write = (code: string, language: object, texts: object): void =>
  writeFileSync(join(copy, 'locales', `${code}.json`), JSON.stringify({ language, ...texts }, null, 2))

/** The French texts, in brackets. */
const inBrackets = (): object =>
  JSON.parse(readFileSync(join(packageRoot, 'locales/fr.json'), 'utf8'), (key, value) =>
    key === 'language' ? undefined : typeof value === 'string' ? `⟦${value}⟧` : value,
  )

test('made-up languages, of which most are variants of another, take part in everything, 84 of them', async () => {
  copyPackage()
  const made = { name: 'tlhIngan Hol', direction: 'rtl', region: 'IS', voice: 'is-IS' }
  write('tlh', made, inBrackets())
  write('tlh-NO', { ...made, name: 'tlhIngan (NO)', region: 'NO' }, { 'sign-in': { title: '⟦Bare⟧' } })
  for (let n = 0; n < 79; n++) write(`tlh-x-${n}`, { ...made, name: `tlhIngan ${n}` }, {})
  const program = join(copy, 'dist/src/testing/made-up-languages.js')
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const run = promisify(execFile)(process.execPath, ['--liftoff-only', '--enable-source-maps', program], { env })
  const { code = 0, stdout } = await run.catch((error) => error)
  assert.equal(code, 0, stdout)
  assert.match(stdout, /pass 7\b/, stdout)
})
