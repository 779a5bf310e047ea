import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  builtOtherwise,
  difference,
  elementALine,
  goldenFiles,
  goldenFilesOnDisk,
  missingFromText,
} from './samples-golden.ts'

describe('golden files (npm run golden writes them anew)', () => {
  const [wanted, found] = [goldenFiles(), goldenFilesOnDisk()]

  test('no two samples share one', () => {
    const names = [...wanted.keys()].map((path) => path.toLowerCase())
    assert.equal(new Set(names).size, names.length)
  })

  test('all are there, and none that nobody shows', () =>
    assert.deepEqual([...found.keys()].sort(), [...wanted.keys()].sort()))

  for (const [path, text] of wanted)
    test(path, () => assert.ok(found.get(path) === text, difference(found.get(path) ?? '', text)))
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
