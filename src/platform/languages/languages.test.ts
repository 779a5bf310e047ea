/** Every text in every language, with the same facts in it; French as it is printed. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { isFinished, untranslated } from '../../testing/translations.ts'
import { isCountry } from '../phone/number.ts'
import {
  definedTexts,
  defineTexts,
  factsOf,
  fallbacksOf,
  type Language,
  languages,
  type Sheet,
  sheetOf,
} from './languages.ts'

const english: Sheet = Object.fromEntries(definedTexts)
/** The sheet as it stands in the file, but that of English. */
const ownSheet = (language: Language): Sheet => (language === 'en' ? english : sheetOf(language))
/** Of its fallbacks, English apart, which is another language. */
const behind = (language: Language): Sheet[] => fallbacksOf(language).slice(1, -1).map(ownSheet)
/** Everything that is said in the language, by its fallbacks too; not what is said in English. */
const wholeSheet = (language: Language): Sheet => {
  const sheets = [ownSheet(language), ...behind(language)].reverse()
  return Object.fromEntries(
    Object.keys(english).map((slice) => [slice, Object.assign({}, ...sheets.map((sheet) => sheet[slice]))]),
  )
}

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

describe('a language', () => {
  for (const { code, name, direction, region, voice } of languages)
    test(`${code} says what belongs to it`, () => {
      for (const tag of [code, voice]) assert.deepEqual(Intl.getCanonicalLocales(tag), [tag])
      assert.ok(name.trim() !== '' && isCountry(region))
      assert.match(direction, /^(ltr|rtl)$/)
    })

  test('falls back to what its tag begins with, and to English', () => {
    assert.deepEqual(fallbacksOf('fr-CA'), ['fr-CA', 'fr', 'en'])
    assert.deepEqual(fallbacksOf('fr-CA-x-atelier'), ['fr-CA', 'fr', 'en'])
    assert.deepEqual(fallbacksOf('en'), ['en'])
  })

  test('that has no file, or is none, is English in everything; no other file is opened', () => {
    for (const code of ['tlh', '../package', '__proto__', '']) {
      assert.deepEqual([fallbacksOf(code), factsOf(code).code], [['en'], 'en'], code)
      assert.equal(defineTexts('here alone', { greeting: 'Good day' }).in('tlh')('greeting'), 'Good day')
    }
  })

  test('stands in the list by its own name', () => {
    const names = languages.map(({ name }) => name)
    assert.deepEqual(names, names.toSorted(new Intl.Collator('en').compare))
  })
})

describe('the sheets', () => {
  for (const { code } of languages) {
    const sheet = ownSheet(code)

    test(`${code} has no text that there is not in English`, () => {
      const wanted = textsOf(english).map(({ name }) => name)
      const spare = textsOf(sheet).filter(({ name }) => !wanted.includes(name))
      assert.deepEqual(spare, [])
    })

    if (isFinished(code))
      test(`${code} has, with its fallbacks, every text there is in English`, () =>
        assert.deepEqual(untranslated(code), []))

    test(`${code} holds only what its fallbacks say otherwise`, () => {
      const same = textsOf(sheet).filter(
        ({ slice, key, message }) =>
          behind(code)
            .map((it) => it[slice]?.[key])
            .find((it) => it !== undefined) === message,
      )
      assert.deepEqual(same, [])
    })

    test(`${code} is in the order of the alphabet, and of the English texts in a slice`, () => {
      if (code === 'en') return assert.deepEqual(sheetOf('en'), {})
      assert.deepEqual(Object.keys(sheet), Object.keys(sheet).sort())
      for (const [slice, texts] of Object.entries(sheet)) {
        const order = Object.keys(english[slice] ?? {}).filter((key) => key in texts)
        assert.deepEqual(Object.keys(texts), order, slice)
      }
    })
  }

  for (const { code } of languages) {
    test(`${code} has the facts of the English in every text`, () => {
      for (const { slice, key, name, message } of textsOf(wholeSheet(code)))
        assert.deepEqual(
          placeholders(parse(message, code)),
          placeholders(parse(english[slice]?.[key] ?? '', 'en')),
          name,
        )
    })

    test(`${code} has every plural form of the language`, () => {
      const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
      for (const { name, message } of textsOf(wholeSheet(code)))
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
      for (const { slice, key, name, message } of textsOf(wholeSheet(code))) {
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
const misprintsOf = {
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
        for (const { name, message } of textsOf(wholeSheet(code)))
          if (!asInTheContract.includes(message)) assert.doesNotMatch(message, pattern, name)
      })
})
