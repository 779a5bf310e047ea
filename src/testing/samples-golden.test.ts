import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defaultLanguage, languages } from '../platform/languages/languages.ts'
import {
  builtOtherwise,
  difference,
  elementALine,
  goldenFiles,
  goldenFilesOnDisk,
  missingFromText,
} from './samples-golden.ts'
import { isFinished, untranslated } from './translations.ts'

const codes = languages.map(({ code }) => code)

describe('golden files (npm run golden writes them anew)', () => {
  const finished = codes.filter((code) => isFinished(code) && code !== defaultLanguage)
  const [wanted, found] = [goldenFiles(finished), goldenFilesOnDisk()]

  test('no two samples share one', () => {
    const names = [...wanted.keys()].map((path) => path.toLowerCase())
    assert.equal(new Set(names).size, names.length)
  })

  test('all are there, and none that nobody shows', () =>
    assert.deepEqual([...found.keys()].sort(), [...wanted.keys()].sort()))

  for (const [path, text] of wanted)
    test(path, () => assert.ok(found.get(path) === text, difference(found.get(path) ?? '', text)))

  for (const code of codes.filter((code) => !isFinished(code))) {
    const lacking = untranslated(code).length
    const next =
      lacking > 0 ? `it lacks ${lacking} texts, said in English until then` : 'it is whole: run npm run golden'
    test(`those of locales/${code}.json`, { skip: next })
  }
})

describe('what the golden files do not show of other languages', () => {
  test('every page and every letter is built as it is in English', () => assert.deepEqual(builtOtherwise(), []))

  test('the text of a letter says all that its HTML does', () => assert.deepEqual(missingFromText(), []))
})

test('a golden file has an element on a line, and its sentences whole', () =>
  assert.equal(
    elementALine('<!doctype html><main><p>Go <a href="/">on</a>.</p><input name="a"/><ul><li>One</li></ul></main>'),
    `<!doctype html>
<main>
  <p>Go <a href="/">on</a>.</p>
  <input name="a"/>
  <ul>
    <li>One</li>
  </ul>
</main>
`,
  ))

test('a difference shows the lines that changed and where they stand', () =>
  assert.equal(difference('a\nb\nc\nd\n', 'a\nb\nx\ny\nd\n'), '  b\n- c\n+ x\n+ y\n  d'))
