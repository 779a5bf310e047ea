/** Which language of the service fits whom. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Language } from './languages.ts'
import { acceptedTags, firstLanguage, matchLanguage } from './matching.ts'

describe('a tag finds its language', () => {
  const table: [string, Language | undefined][] = [
    ['fr-CA', 'fr-CA'],
    ['FR-ca', 'fr-CA'],
    ['fr', 'fr'],
    ['fr-FR', 'fr'],
    ['fr-BE', 'fr'],
    ['fr-Latn-CH', 'fr'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us', 'en'],
    ['en-x-atelier', 'en'],
    ['tlh', undefined],
    ['frr', undefined],
    ['fra', undefined],
    ['english', undefined],
    ['x-fr', undefined],
    ['', undefined],
    ['-', undefined],
    ['*', undefined],
    ['fr;q=1', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['<script>', undefined],
    ['x'.repeat(100_000), undefined],
    [`fr${'-a'.repeat(100_000)}`, 'fr'],
  ]
  for (const [tag, language] of table)
    test(`${JSON.stringify(tag.slice(0, 20))}: ${language ?? 'none'}`, () => assert.equal(matchLanguage(tag), language))

  test('by as much of the tag as there is a language for, then by how its country writes it', () => {
    const codes = ['zh', 'zh-Hant', 'sr', 'sr-Latn', 'pt-BR', 'pt']
    const table = {
      'zh-TW': 'zh-Hant',
      'zh-HK': 'zh-Hant',
      'zh-Hant-MO': 'zh-Hant',
      'zh-CN': 'zh',
      zh: 'zh',
      'sr-Latn-RS': 'sr-Latn',
      'sr-RS': 'sr',
      'pt-PT': 'pt',
      'pt-br': 'pt-BR',
    }
    for (const [tag, code] of Object.entries(table)) assert.equal(matchLanguage(tag, codes), code, tag)
  })

  test('with something private behind it, French stays French', () =>
    assert.match(matchLanguage('fr-CA-x-atelier') ?? '', /^fr/))
})

describe('a header of languages, most wanted first', () => {
  const table: [string, string[], Language | undefined][] = [
    ['fr-CA,fr;q=0.9,en;q=0.8', ['fr-CA', 'fr', 'en'], 'fr-CA'],
    ['en;q=0.5, fr-BE', ['fr-BE', 'en'], 'fr'],
    ['tlh-AT, tlh;q=0.9, en-GB;q=0.3, fr;q=0.2', ['tlh-AT', 'tlh', 'en-GB', 'fr'], 'en'],
    ['tlh, en, fr', ['tlh', 'en', 'fr'], 'en'],
    ['en;q=0, fr;q=0.001', ['fr'], 'fr'],
    ['fr; q=0.3,en; q=0.7', ['en', 'fr'], 'en'],
    ['en;level=1;q=0.2,fr;q=0.4', ['fr', 'en'], 'fr'],
    ['*', ['*'], undefined],
    ['tlh-Latn-TW;q=1, qaa;q=0.9', ['tlh-Latn-TW', 'qaa'], undefined],
    ['', [], undefined],
    [',;,;q=1,,', [], undefined],
    ['fr;q=much', [], undefined],
    ['fr;q=-1', [], undefined],
  ]
  for (const [header, tags, language] of table)
    test(JSON.stringify(header), () => {
      assert.deepEqual(acceptedTags(header), tags)
      assert.equal(firstLanguage(acceptedTags(header)), language)
    })

  test('a very long one is read as far as anybody needs', () => {
    assert.equal(firstLanguage(acceptedTags(`fr-CA,${'xx;q=0.5,'.repeat(1_000_000)}en`)), 'fr-CA')
    assert.equal(firstLanguage(acceptedTags(`${'xx;q=0.5,'.repeat(1_000_000)}en`)), undefined)
    assert.ok(acceptedTags(','.repeat(1_000_000)).length === 0)
  })

  test('a list that speaks none of ours has no first', () => {
    assert.equal(firstLanguage([]), undefined)
    assert.equal(firstLanguage(['tlh', 'qaa']), undefined)
    assert.equal(firstLanguage(['tlh', 'en-AU', 'fr-CA']), 'en')
  })
})
