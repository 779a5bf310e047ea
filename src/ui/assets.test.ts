import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packageRoot } from '../platform/package-root.ts'
import { loadAssets } from './assets.ts'
import { sampleFrame } from './layout/sample-frame.ts'
import { renderPage } from './layout.tsx'
import { pages } from './samples.tsx'

const css = readFileSync(join(packageRoot, 'src/ui/style.css'), 'utf8')
const assets = loadAssets()
const weight = (path: string): number => assets.get(path)?.gzip.length ?? Number.POSITIVE_INFINITY

describe('assets', () => {
  test('are named by their content and compressed ahead', () => {
    for (const path of [assets.cssPath, assets.scriptPath, assets.proofPath, assets.iconPath]) {
      assert.match(path, /^\/assets\/\w+\.[0-9a-f]{12}\.\w+$/)
      const asset = assets.get(path)
      assert.deepEqual(asset && gunzipSync(asset.gzip), asset?.body)
    }
    assert.equal(assets.cssPath, loadAssets().cssPath)
  })

  test('are the ones we publish and no file else', () => {
    for (const path of ['/assets/style.css', '/assets/../../package.json', 'constructor', ''])
      assert.equal(assets.get(path), undefined)
  })

  test('the stylesheet weighs 3.5 kB at most, the script 2 kB, the one of proofs 1.4 kB', () => {
    assert.ok(weight(assets.cssPath) <= 3_500, `${weight(assets.cssPath)} bytes`)
    assert.ok(weight(assets.scriptPath) <= 2_000, `${weight(assets.scriptPath)} bytes`)
    assert.ok(weight(assets.proofPath) <= 1_400, `${weight(assets.proofPath)} bytes`)
  })

  test('a page with its stylesheet stays well under the 14 kB of a first response', () => {
    for (const [name, make] of Object.entries(pages)) {
      const page = gzipSync(renderPage(make({ ...sampleFrame, assets }))).length
      assert.ok(page + weight(assets.cssPath) < 7_000, `${name}: ${page} bytes`)
    }
  })
})

describe('style.css', () => {
  test('names no side of the screen: what is left is right in Arabic', () =>
    assert.doesNotMatch(
      css,
      /(margin|padding|border|inset)-(left|right|top|bottom)|[\s;{](left|right|top|bottom|width|height):|text-align: (left|right)|float:/,
    ))

  test('loads nothing', () => assert.doesNotMatch(css, /url\(|@import/))

  test('turns pieces on and off as the reader wishes', () => {
    for (const wish of ['prefers-color-scheme: dark', 'prefers-reduced-motion', 'forced-colors', 'print'])
      assert.ok(css.includes(wish), wish)
  })
})

/** The tokens of one `:root` block. */
const tokensOf = (block = ''): Map<string, string> =>
  new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]))

/** Relative luminance and contrast ratio, as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('contrast', () => {
  const [light, dark] = [...css.matchAll(/:root \{[^}]*\}/g)].map(([block]) => tokensOf(block))
  const grounds = ['paper', 'sheet']
  const needed: [string, string[], number][] = [
    ['ink', [...grounds, 'accent-soft', 'alarm-soft'], 7],
    ['ink-soft', [...grounds, 'accent-soft', 'alarm-soft'], 4.5],
    ['accent', [...grounds, 'accent-soft', 'alarm-soft'], 4.5],
    ['alarm', [...grounds, 'alarm-soft'], 4.5],
    ['on-accent', ['accent'], 4.5],
    ['field-line', grounds, 3],
  ]
  for (const [mode, tokens] of Object.entries({ light, dark }))
    for (const [front, backs, least] of needed)
      for (const back of backs)
        test(`${mode}: ${front} on ${back} is at least ${least}`, () => {
          const ratio = contrast(tokens?.get(front) ?? '', tokens?.get(back) ?? '')
          assert.ok(ratio >= least, ratio.toFixed(2))
        })
})
