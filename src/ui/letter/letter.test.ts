import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { languages } from '../../platform/languages/languages.ts'
import { partsOf, strong } from '../notice.tsx'
import { letters } from '../samples.tsx'
import { type Block, type Letter, renderLetter } from './letter.tsx'

const stationery = { language: 'en', brand: { name: 'Passerelle' }, footer: 'About your account.' } as const
const of = (...blocks: Block[]): Letter => ({ subject: 'A letter', blocks })

/** What a person reads in a page, without its layout. */
const readable = (html: string): string =>
  html
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|amp|#39);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name as 'lt'] ?? "'")
const squeezed = (text: string): string => text.replace(/\s+/g, '')

const wordsOf = (block: Block): string[] =>
  'facts' in block
    ? block.facts.flatMap(({ label, value }) => [label, value])
    : Object.entries(block).flatMap(([key, value]) => (key === 'url' ? [] : [partsOf(String(value)).join('')]))

describe('both parts say the same', () => {
  for (const [name, letter] of Object.entries(letters))
    for (const { code: language } of languages)
      test(`${name}, ${language}`, () => {
        const { blocks } = letter(language)
        const { html, text, subject } = renderLetter(letter(language), { ...stationery, language })
        const words = [stationery.brand.name, subject, ...blocks.flatMap(wordsOf), stationery.footer]
        for (const part of [squeezed(readable(html)), squeezed(text)]) {
          let from = 0
          for (const word of words) {
            const at = part.indexOf(squeezed(word), from)
            assert.ok(at >= 0, `${word} stands in its place`)
            from = at
          }
        }
        for (const block of blocks)
          if ('url' in block) {
            assert.ok(html.includes(`href="${block.url}"`))
            assert.ok(text.split('\n').includes(block.url))
          }
      })
})

test('the text part reads as a letter', () => {
  const { text } = renderLetter(letters['a notice']!('en'), stationery)
  assert.equal(
    text,
    `Passerelle

Your account is blocked for unknown browsers

Somebody gave a wrong password ten times. Browsers you have used before still
let you in.

When
  22 November 2026 at 10:02
From about
  Toronto, Canada
Browser
  Chrome on Windows

Unblock my account
https://account.example/unblock/bG9uZyBhbmQgc2VjcmV0

--
About your account.
`,
  )
})

describe('the text part', () => {
  test('keeps addresses and no-break spaces whole', () => {
    const url = `https://account.example/link/${'a'.repeat(120)}`
    const { text } = renderLetter(of({ paragraph: `${'mot '.repeat(18)}voici\u00a0: ${url} fin` }), stationery)
    assert.ok(text.includes(url))
    assert.ok(text.includes('voici\u00a0:'))
    for (const line of text.split('\n')) assert.ok(line.length <= 78 || line === url, line)
  })

  test('breaks any prose at 78 columns, and loses no word of it', () =>
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\S{1,20}$/), { minLength: 1 }), (words) => {
        const { text } = renderLetter(of({ small: words.join(' ') }), stationery)
        assert.ok(text.replace(/\s+/g, ' ').includes(words.join(' ').replace(/\s+/g, ' ')))
        for (const line of text.split('\n')) assert.ok([...line].length <= 78)
      }),
    ))
})

describe("a stranger's name", () => {
  test('adds no header', () => {
    const { subject } = renderLetter(
      { subject: 'Hello\r\nBcc: victim@example.org\u0000\u2028x\u202egpj.exe', blocks: [] },
      stationery,
    )
    assert.equal(subject, 'Hello Bcc: victim@example.org x gpj.exe')
  })

  test('adds no tag, no attribute and no link', () => {
    const tags = (name: string) =>
      renderLetter(
        {
          subject: name,
          blocks: [
            { paragraph: strong(name) },
            { code: name },
            { button: name, url: 'https://account.example/' },
            { facts: [{ label: name, value: name }] },
            { small: name },
          ],
        },
        { ...stationery, brand: { name }, footer: name },
      )
        .html.match(/<[^>]*>/g)
        ?.join('')
    const harmless = tags('Nadia')
    for (const name of ['<a href="https://evil.example">', '"><img src=x onerror=y>', "'</style><script>", '\u2068<b>'])
      assert.equal(tags(name), harmless)
  })
})

describe('the HTML part', () => {
  const html = Object.values(letters)
    .map((letter) => renderLetter(letter('en'), stationery).html)
    .join('')

  test('loads nothing and watches nobody', () =>
    assert.doesNotMatch(html, /<(img|link|script|iframe|object|video|form|input)|url\(|@import|src=|background=/i))

  test('is legible on dark', () => {
    assert.match(html, /<meta name="color-scheme" content="light dark"\/>/)
    assert.match(html, /prefers-color-scheme:dark/)
  })

  test('links to the web only', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.example', '/relative'])
      assert.throws(() => renderLetter(of({ button: 'Go', url }), stationery))
  })
})
