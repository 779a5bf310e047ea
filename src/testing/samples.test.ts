/** The samples are complete: every page, every letter, every text; and every page is small enough to come at once. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { letterSamples, messageSamples, pageSamples, sampled } from '../../dev/gallery/samples.ts'
import { definedTexts, languages } from '../platform/languages/languages.ts'
import { packageRoot } from '../platform/package-root.ts'
import { loadAssets } from '../ui/assets.ts'
import { sampleFrame, sampleFrameIn } from '../ui/layout/sample-frame.ts'
import { renderPage } from '../ui/layout.tsx'
import { branded } from '../ui/letter/writer.ts'

const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^testing\//.test(path))
const textOf = (path: string): string => readFileSync(join(packageRoot, 'src', path), 'utf8')

describe('every page and every letter has a sample', () => {
  for (const path of sources.filter((source) => /(^|\/)(pages\.tsx|letters\.tsx?)$/.test(source))) {
    const slice = dirname(path)
    const exported = [...textOf(path).matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name)
    const samples = slice in sampled ? textOf(`${slice}/samples.tsx`) : ''
    for (const name of exported)
      test(`${name} of ${path}`, () =>
        assert.ok(new RegExp(`<${name}\\b|\\b${name}\\(`).test(samples), `src/${slice}/samples.tsx shows no ${name}`))
  }
})

/** What all samples say in a language that has no sheet, while every English text is its own name. */
function saidByName(): string {
  const language = 'en-x-names'
  const english = structuredClone([...definedTexts.values()])
  for (const [slice, texts] of definedTexts) for (const key of Object.keys(texts)) texts[key] = `⟦${slice}.${key}⟧`
  try {
    const pages = pageSamples.map(({ make }) => renderPage(make(sampleFrameIn(language))))
    const letters = letterSamples.map(({ make }) =>
      Object.values(branded(make(language), sampleFrame.brand, language)).join(),
    )
    const messages = messageSamples.map(({ make }) => make(language))
    return [...pages, ...letters, ...messages].join()
  } finally {
    for (const [n, texts] of [...definedTexts.values()].entries()) Object.assign(texts, english[n])
  }
}

describe('every text is said in some sample', () => {
  const said = new Set(saidByName().match(/⟦.*?⟧/g))
  for (const path of sources)
    for (const [, slice = ''] of textOf(path).matchAll(/\bdefineTexts\('([\w-]+)'/g))
      test(slice, () => {
        const keys = Object.keys(definedTexts.get(slice) ?? { [`all of ${path}`]: '' })
        const unsaid = keys.filter((key) => !said.has(`⟦${slice}.${key}⟧`))
        assert.deepEqual(unsaid, [], `no sample says them: a state is missing, or the texts are dead`)
      })
})

describe('a page, its stylesheet and its script are at most 14 kB, what a first response holds', () => {
  const assets = loadAssets()
  const compressed = (path: string): number => assets.get(path)?.gzip.length ?? Number.POSITIVE_INFINITY
  const rest = compressed(assets.cssPath) + compressed(assets.scriptPath)
  const ordinary = { csrf: 'c'.repeat(43), here: `/sign-in?journey=jrn_${'0'.repeat(26)}` }
  for (const { slice, name, make } of pageSamples)
    test(`${slice}: ${name}`, () => {
      for (const { code: language } of languages) {
        const page = renderPage(make({ ...sampleFrameIn(language), ...ordinary, assets }))
        const more = [assets.proofPath, assets.passkeyPath].filter((path) => page.includes(path))
        const bytes = Buffer.byteLength(page) + rest + more.reduce((sum, path) => sum + compressed(path), 0)
        assert.ok(bytes <= 14_000, `${language}: ${bytes} bytes`)
      }
    })
})
