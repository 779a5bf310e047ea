/** How far the translation into a language is: what it lacks, and whether somebody has read what it says on pages. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
// Every page and letter, and so every text.
import '../../dev/products/products.ts'
import '../../dev/products/start-product.ts'
import '../app.ts'
import { sampled } from '../../dev/gallery/samples.ts'
import { defaultLanguage, definedTexts, fallbacksOf, type Language, sheetOf } from '../platform/languages/languages.ts'
import { packageRoot } from '../platform/package-root.ts'

/** As the modules above declare them: a test may declare more. */
const english = [...definedTexts]

const goldenFilesOf = (slice: string): string[] => {
  const folder = join(packageRoot, 'src', slice, 'golden')
  return existsSync(folder) ? readdirSync(folder) : []
}
const onDisk = new Set(Object.keys(sampled).flatMap(goldenFilesOf))

/** Whether a language is held to its golden files and to every text: once it has such files. English is, in any case. */
export const isFinished = (language: Language): boolean => language === defaultLanguage || onDisk.has(`${language}.txt`)

/** The texts that are said in English, as `slice.key`. */
export function untranslated(language: Language): string[] {
  if (language === defaultLanguage) return []
  const sheets = fallbacksOf(language)
    .filter((code) => code !== defaultLanguage)
    .map(sheetOf)
  return english.flatMap(([slice, texts]) =>
    Object.keys(texts)
      .filter((key) => sheets.every((sheet) => sheet[slice]?.[key] === undefined))
      .map((key) => `${slice}.${key}`),
  )
}
