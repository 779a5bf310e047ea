/** The golden files: every sample in English, an element a line, and what it says in the other languages, a sentence a line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { letterSamples, messageSamples, pageSamples, sampled } from '../../dev/gallery/samples.ts'
import { defaultLanguage, type Language, languages } from '../platform/languages/languages.ts'
import { packageRoot } from '../platform/package-root.ts'
import { sampleFrame, sampleFrameIn } from '../ui/layout/sample-frame.ts'
import { renderPage } from '../ui/layout.tsx'
import { branded } from '../ui/letter/writer.ts'
import { isFinished, untranslated } from './translations.ts'

const inRoot = (path: string): string => join(packageRoot, path)
const folderOf = (slice: string): string => `src/${slice}/golden`

/** Head and foot of a page, and the look of a letter, are the same everywhere: the files of the ui show them, no other. */
const own = (slice: string, html: string): string =>
  slice === 'ui'
    ? html
    : html
        .replace(/<head>.*?(<title>.*?<\/title>).*?<\/head>/s, '$1')
        .replaceAll(/<header class="top">.*?<\/header>|<footer.*<\/footer>| style="[^"]*"/gs, '')

const inSentence = /^<(?:a|b|br|code|span)\b(?! class)/
const childless = /^<(?:!|br\b|input\b|link\b|meta\b)/

/** Every element on a line of its own, indented by its depth; what stands in a sentence stays there. */
export function elementALine(html: string): string {
  const open: string[] = []
  let text = ''
  let afterEnd = true
  for (const [piece] of html.matchAll(/<[^>]+>|[^<]+/g)) {
    const isEnd = piece.startsWith('</')
    const tag = isEnd ? (open.pop() ?? '') : piece
    const stands = tag.startsWith('<') && !inSentence.test(tag)
    const depth = open.filter((it) => !inSentence.test(it)).length
    if (!isEnd && piece.startsWith('<') && !childless.test(piece)) open.push(piece)
    text += stands && (!isEnd || afterEnd) ? `\n${'  '.repeat(depth)}${piece}` : piece
    if (stands) afterEnd = isEnd || childless.test(piece)
  }
  return `${text.trim()}\n`
}

/** A sample in one language: what is shown, and for a letter its other part. */
type Shown = { slice: string; slug: string; html?: string; text?: string }

function shownIn(language: Language): Shown[] {
  return [
    ...pageSamples.map(({ slice, slug, make }) => {
      const html = renderPage(make(sampleFrameIn(language)))
      return { slice, slug, html: elementALine(own(slice, html)) }
    }),
    ...letterSamples.map(({ slice, slug, make }) => {
      const { html, text } = branded(make(language), sampleFrame.brand, language)
      return { slice, slug, html: elementALine(own(slice, html)), text }
    }),
    ...messageSamples.map(({ slice, slug, make }) => ({ slice, slug, text: `${make(language)}\n` })),
  ]
}

const codes = languages.map(({ code }) => code)
const others = codes.filter((code) => code !== defaultLanguage)
const everywhere = new Map(codes.map((code) => [code, shownIn(code)]))

/** Of these, `npm run golden` writes files: a translation that has just begun would fill them with English. */
export const presentable = others.filter((code) => isFinished(code) || untranslated(code).length === 0)

/** Every golden file as it should be, by its path: all of the English, the sentences of these other languages. */
export function goldenFiles(others: readonly Language[]): Map<string, string> {
  const files = new Map<string, string>()
  for (const { slice, slug, html, text } of everywhere.get(defaultLanguage) ?? []) {
    if (html) files.set(`${folderOf(slice)}/${slug}.en.html`, html)
    if (text) files.set(`${folderOf(slice)}/${slug}.en.txt`, text)
  }
  for (const language of others)
    for (const slice of Object.keys(sampled)) {
      const shown = everywhere.get(language)?.filter((one) => one.slice === slice) ?? []
      files.set(`${folderOf(slice)}/${language}.txt`, sentencesOf(shown))
    }
  return files
}

/** Attributes that say something to people; an input's value is data. */
const worded = / (?:aria-label|data-(?:hide|short|weak|fair|strong|working|done|failed|copied))="([^"]*)"/g

const plain = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** What a line says: the words of its attributes, then its sentence. */
const wordsIn = (line: string): string[] =>
  [...[...line.matchAll(worded)].map(([, words = '']) => words), line.replaceAll(/<[^>]*>/g, '').trim()]
    .filter((words) => words !== '')
    .map(plain)

const sentencesIn = ({ html, text = '' }: Shown): string[] =>
  html ? html.split('\n').flatMap(wordsIn) : text.trim().split('\n')

/** Each sentence once, under the first state that says it. */
function sentencesOf(shown: readonly Shown[]): string {
  const said = new Set<string>()
  const states = shown.map((one) => {
    const fresh = [...new Set(sentencesIn(one))].filter((sentence) => !said.has(sentence))
    for (const sentence of fresh) said.add(sentence)
    return fresh.length > 0 ? `## ${one.slug}\n${fresh.join('\n')}\n` : ''
  })
  return states.filter((state) => state !== '').join('\n')
}

/** What is left of a line without its words and what names a language; the order within a sentence is the language's own. */
const structureOf = (line: string): string =>
  (line.match(/<[^>]*>/g) ?? [])
    .map((tag) =>
      tag
        .replaceAll(worded, '')
        .replaceAll(
          / (?:lang|dir|selected)="[^"]*"| aria-current="true"| value="[a-z]{2,3}(?:-\w+)*"(?= lang)|(?<=<option) value="[^"]*"/g,
          '',
        ),
    )
    .sort()
    .join('')

/** Where a sample has another structure in one of the other languages than in English: `slice/slug.language`. */
export const builtOtherwise = (): string[] =>
  others.flatMap((language) =>
    (everywhere.get(language) ?? [])
      .filter(({ html = '' }, n) => {
        const english = everywhere.get(defaultLanguage)?.[n]?.html ?? ''
        return html.split('\n').map(structureOf).join('\n') !== english.split('\n').map(structureOf).join('\n')
      })
      .map(({ slice, slug }) => `${slice}/${slug}.${language}`),
  )

/** Sentences of the HTML of a letter that its text does not say: `slice/slug.language: sentence`. */
export const missingFromText = (): string[] =>
  [...everywhere].flatMap(([language, shown]) =>
    shown.flatMap(({ slice, slug, html, text }) => {
      if (!html || !text) return []
      const said = text.replaceAll(/\s+/g, ' ')
      const body = html.slice(html.indexOf('<body'))
      return sentencesIn({ slice, slug, html: body })
        .filter((sentence) => !said.includes(sentence.replaceAll(/\s+/g, ' ')))
        .map((sentence) => `${slice}/${slug}.${language}: ${sentence}`)
    }),
  )

/** Every golden file as it is, by its path. */
export function goldenFilesOnDisk(): Map<string, string> {
  const paths = Object.keys(sampled).flatMap((slice) => {
    const folder = folderOf(slice)
    return existsSync(inRoot(folder)) ? readdirSync(inRoot(folder)).map((file) => `${folder}/${file}`) : []
  })
  return new Map(paths.map((path) => [path, readFileSync(inRoot(path), 'utf8')]))
}

/** The lines that differ, with one line around them: `-` as on disk, `+` as it is now. */
export function difference(before: string, now: string): string {
  const [old, fresh] = [before.split('\n'), now.split('\n')]
  const same = (one: string[], other: string[]): number => {
    const at = one.findIndex((line, index) => line !== other[index])
    return at < 0 ? Math.min(one.length, other.length) : at
  }
  const head = same(old, fresh)
  const tail = same(old.slice(head).reverse(), fresh.slice(head).reverse())
  const marked = (mark: string, lines: string[]) => lines.map((line) => `${mark} ${line}`)
  return [
    ...marked(' ', old.slice(Math.max(head - 1, 0), head)),
    ...marked('-', old.slice(head, old.length - tail)),
    ...marked('+', fresh.slice(head, fresh.length - tail)),
    ...marked(' ', old.slice(old.length - tail).slice(0, 1)),
  ].join('\n')
}
