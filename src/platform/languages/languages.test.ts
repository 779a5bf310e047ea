/** Every text in every language, with the same facts in it; French as it is printed; which language fits whom. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import '../../app.ts' // Every page and letter, and so every text.
import {
  acceptedTags,
  definedTexts,
  defineTexts,
  firstLanguage,
  type Language,
  languages,
  matchLanguage,
  type Sheet,
  sheets,
} from './languages.ts'

const english: Sheet = Object.fromEntries(definedTexts)
const sheetOf = (language: Language): Sheet => (language === 'en' ? english : sheets[language])

type Text = { slice: string; key: string; name: string; message: string }
const textsOf = (sheet: Sheet): Text[] =>
  Object.entries(sheet).flatMap(([slice, texts]) =>
    Object.entries(texts).map(([key, message]) => ({ slice, key, name: `${slice}.${key}`, message })),
  )

type Part = ReturnType<IntlMessageFormat['getAst']>[number]
type Choice = Extract<Part, { options: unknown }>
const parse = (message: string, language: Language): Part[] =>
  new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst()
const isChoice = (part: Part): part is Choice => 'options' in part
const insideOf = (part: Choice): Part[] => Object.values(part.options).flatMap(({ value }) => value)
const choicesIn = (parts: Part[]): Choice[] =>
  parts.filter(isChoice).flatMap((part) => [part, ...choicesIn(insideOf(part))])

const LITERAL = 0
const PLAIN = 1

function kindOf(part: Part): string {
  if ('pluralType' in part) return part.pluralType ?? 'cardinal'
  if (isChoice(part)) return `select ${Object.keys(part.options).sort()}`
  return part.type === PLAIN ? 'plain' : `format ${part.type}`
}

/** The placeholders of a message and what each is: a plain value, a plural, a choice. */
function placeholders(parts: Part[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const part of parts) {
    if (part.type === LITERAL || !('value' in part)) continue
    const inside = isChoice(part) ? placeholders(insideOf(part)) : {}
    Object.assign(found, inside, { [part.value]: kindOf(part) })
  }
  return found
}

/** Values to say a message with: a few rounds, so that every form of a plural is said. */
const samples = (facts: Record<string, string>): Record<string, string | number>[] =>
  [0, 1, 2, 7, 1_000_000].map((count, round) =>
    Object.fromEntries(
      Object.entries(facts).map(([name, kind]) => {
        const options = kind.startsWith('select ') ? kind.slice('select '.length).split(',') : []
        const chosen = options[round % options.length]
        return [name, chosen ?? (kind === 'plain' ? `[${name}]` : count)]
      }),
    ),
  )

describe('the sheets', () => {
  for (const [code, sheet] of Object.entries(sheets)) {
    test(`${code} has every text there is in English, and no other`, () => {
      const [own, wanted] = [sheet, english].map((it) => textsOf(it).map(({ name }) => name))
      const missing = wanted?.filter((name) => !own?.includes(name))
      const spare = own?.filter((name) => !wanted?.includes(name))
      assert.deepEqual({ missing, spare }, { missing: [], spare: [] })
    })

    test(`${code} is in the order of the slices, and of their texts`, () => {
      assert.deepEqual(Object.keys(sheet), Object.keys(sheets['fr-CA']))
      for (const [slice, texts] of Object.entries(sheet))
        assert.deepEqual(Object.keys(texts), Object.keys(english[slice] ?? {}), slice)
    })
  }

  for (const { code } of languages) {
    test(`${code} has the facts of the English in every text`, () => {
      for (const { slice, key, name, message } of textsOf(sheetOf(code)))
        assert.deepEqual(
          placeholders(parse(message, code)),
          placeholders(parse(english[slice]?.[key] ?? '', 'en')),
          name,
        )
    })

    test(`${code} has every plural form of the language`, () => {
      const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
      for (const { name, message } of textsOf(sheetOf(code)))
        for (const { options } of choicesIn(parse(message, code)).filter((part) => 'pluralType' in part)) {
          const given = Object.keys(options).map((form) => (form === '=1' ? 'one' : form))
          assert.deepEqual(
            pluralCategories.filter((category) => !given.includes(category)),
            [],
            name,
          )
        }
    })

    test(`${code} can be said, with every value`, () => {
      for (const { slice, key, name, message } of textsOf(sheetOf(code))) {
        const say = defineTexts(slice, english[slice] ?? {}).in(code)
        const parts = parse(message, code)
        const plain = parts.flatMap((part) => (part.type === PLAIN ? part.value : []))
        for (const values of samples(placeholders(parts))) {
          const said = say(key, values)
          assert.doesNotMatch(said, /[{}#]|undefined|NaN/, name)
          for (const value of plain) assert.ok(said.includes(String(values[value])), `${name}: ${value} in ${said}`)
        }
      }
    })
  }

  test('a text that a sheet lacks is said in English', () => {
    const texts = defineTexts('only here', { greeting: 'Good day, {name}.' })
    for (const { code } of languages) assert.equal(texts.in(code)('greeting', { name: 'Nadia' }), 'Good day, Nadia.')
  })
})

/** Labels that the contract writes with the apostrophe or the space of a typewriter: what others look them up by. */
const asInTheContract = [
  'Vous avez oublié votre mot de passe ?',
  "S'inscrire",
  "Modifier l'adresse",
  "C'était moi, débloquer",
  "Ce n'était pas moi",
  "Vérifier que c'est vous",
  "Vérifier d'une autre façon",
  "Configurer une application d'authentification",
  "Créer une clé d'accès",
  "Retirer l'accès",
]

/** What is wrong in either, by what it is. Spaces: U+00A0 no-break, U+202F narrow and no-break. */
const misprints = {
  'a straight apostrophe or quotation mark': /['"“”]/,
  'a colon without its no-break space': /(?<!\u00a0):/,
  'a guillemet without its no-break space': /«(?!\u00a0)|(?<!\u00a0)»/,
  'a figure that the end of a line may part from its noun': /[}\d#] (?:de )?(?:caractère|chiffre|minute|heure|jour)/,
}
const misprintsOf: Record<keyof typeof sheets, Record<string, RegExp>> = {
  'fr-CA': {
    ...misprints,
    'a space before ; ! or ?': /\s[;!?]/,
    'a word of France': /e-?mail|saisi(?:r|ssez)|\bcookies\b|assistance/i,
  },
  fr: {
    ...misprints,
    '; ! or ? without its narrow space': /(?<!\u202f)[;!?]/,
    'a word of Canada': /courriel|témoin|\bentrez\b|soutien/i,
  },
}

describe('French as it is printed', () => {
  for (const code of ['fr-CA', 'fr'] as const)
    for (const [misprint, pattern] of Object.entries(misprintsOf[code]))
      test(`${code} has nowhere ${misprint}`, () => {
        for (const { name, message } of textsOf(sheets[code]))
          if (!asInTheContract.includes(message)) assert.doesNotMatch(message, pattern, name)
      })
})

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
    ['de', undefined],
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
  ]
  for (const [tag, language] of table)
    test(`${JSON.stringify(tag.slice(0, 20))}: ${language ?? 'none'}`, () => assert.equal(matchLanguage(tag), language))

  test('with something private behind it, French stays French', () =>
    assert.match(matchLanguage('fr-CA-x-atelier') ?? '', /^fr/))
})

describe('a header of languages, most wanted first', () => {
  const table: [string, string[], Language | undefined][] = [
    ['fr-CA,fr;q=0.9,en;q=0.8', ['fr-CA', 'fr', 'en'], 'fr-CA'],
    ['en;q=0.5, fr-BE', ['fr-BE', 'en'], 'fr'],
    ['de-AT, de;q=0.9, en-GB;q=0.3, fr;q=0.2', ['de-AT', 'de', 'en-GB', 'fr'], 'en'],
    ['nl, en, fr', ['nl', 'en', 'fr'], 'en'],
    ['en;q=0, fr;q=0.001', ['fr'], 'fr'],
    ['fr; q=0.3,en; q=0.7', ['en', 'fr'], 'en'],
    ['en;level=1;q=0.2,fr;q=0.4', ['fr', 'en'], 'fr'],
    ['*', ['*'], undefined],
    ['zh-Hant-TW;q=1, ar;q=0.9', ['zh-Hant-TW', 'ar'], undefined],
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
    assert.equal(firstLanguage(['de', 'ja']), undefined)
    assert.equal(firstLanguage(['de', 'en-AU', 'fr-CA']), 'en')
  })
})
