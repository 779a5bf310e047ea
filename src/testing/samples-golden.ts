/** The golden files: every sample in every language, written so that a change of one element is a change of one line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { letterSamples, messageSamples, pageSamples, slices } from '../../dev/gallery/slices.ts'
import { languages } from '../platform/languages/languages.ts'
import { packageRoot } from '../platform/package-root.ts'
import { renderPage } from '../ui/layout.tsx'
import { letterWriter } from '../ui/letter/writer.ts'
import { sampleFrame } from '../ui/samples.tsx'

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

/** Every golden file as it should be, by its path. */
export function goldenFiles(): Map<string, string> {
  const files = new Map<string, string>()
  const write = letterWriter(sampleFrame.brand)
  for (const { code: language } of languages) {
    for (const { slice, slug, make } of pageSamples) {
      const html = renderPage(make({ ...sampleFrame, language }))
      files.set(`${folderOf(slice)}/${slug}.${language}.html`, elementALine(own(slice, html)))
    }
    for (const { slice, slug, make } of letterSamples) {
      const { html, text } = write(make)({}, language)
      files.set(`${folderOf(slice)}/${slug}.${language}.html`, elementALine(own(slice, html)))
      files.set(`${folderOf(slice)}/${slug}.${language}.txt`, text)
    }
    for (const { slice, slug, make } of messageSamples)
      files.set(`${folderOf(slice)}/${slug}.${language}.txt`, `${make(language)}\n`)
  }
  return files
}

/** Every golden file as it is, by its path. */
export function goldenFilesOnDisk(): Map<string, string> {
  const paths = Object.keys(slices).flatMap((slice) => {
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
