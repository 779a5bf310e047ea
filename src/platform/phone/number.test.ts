import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { Language } from '../languages/languages.ts'
import {
  countryOf,
  isCountry,
  lastDigits,
  numberShown,
  type PhoneNumber,
  parseNumber,
  prefixOf,
  regionOf,
  takesTexts,
} from './number.ts'

const read = (typed: string, region = 'CA') => {
  const outcome = parseNumber(typed, region)
  return outcome.ok ? outcome.number : outcome.reason
}
function numberOf(typed: string): PhoneNumber {
  const outcome = parseNumber(typed, 'CA')
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.number
}

suite('a typed number', () => {
  test('is read by the customs of the country, or with + from anywhere', () => {
    const table: [typed: string, region: string, number: string][] = [
      ['613 236-1234', 'CA', '+16132361234'],
      [' (613) 236.1234 ', 'US', '+16132361234'],
      ['1-613-236-1234', 'CA', '+16132361234'],
      ['06 12 34 56 78', 'FR', '+33612345678'],
      ['+33 (0)6 12 34 56 78', 'CA', '+33612345678'],
      ['011 33 6 12 34 56 78', 'CA', '+33612345678'],
      ['00 33 6 12 34 56 78', 'CA', '+33612345678'],
      ['0033612345678', 'FR', '+33612345678'],
      ['tel:+1-613-236-1234', 'FR', '+16132361234'],
      ['＋１６１３２３６１２３４', 'FR', '+16132361234'],
      ['+٣٣٦١٢٣٤٥٦٧٨', 'CA', '+33612345678'],
    ]
    for (const [typed, region, number] of table) assert.equal(read(typed, region), number, typed)
  })

  test('that is none says why', () => {
    const table: [typed: string, reason: string][] = [
      ['', 'number-missing'],
      [' \u00a0', 'number-missing'],
      ['nadia@example.com', 'number-unusable'],
      ['+999 123 456 789', 'number-unusable'],
      ['+1 613 236 1234\r\nBcc: eve', 'number-unusable'],
      ['06 12 34 56 78', 'number-unusable'],
      ['911', 'number-too-short'],
      ['236-123', 'number-too-short'],
      ['+1 613 236 1234 5678', 'number-too-long'],
      ['1'.repeat(5_000), 'number-too-long'],
      ['+1 613 236 1234 ext. 5', 'number-extension'],
      ['6132361234x99', 'number-extension'],
      ['1-900-234-5678', 'number-of-a-service'],
      ['1 800 356 9377', 'number-of-a-service'],
      ['+33 899 70 12 34', 'number-of-a-service'],
      ['+44 70 1234 5678', 'number-of-a-service'],
      ['+800 1234 5678', 'number-unusable'],
    ]
    for (const [typed, reason] of table) assert.equal(read(typed), reason, typed)
  })

  test('whatever is typed: an answer, and a number that reads as itself in every country', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^\+?[0-9 ()./x-]{0,20}$/)), (typed) => {
        const outcome = parseNumber(typed, 'CA')
        if (!outcome.ok) return
        assert.match(outcome.number, /^\+[1-9]\d{6,14}$/)
        for (const region of ['CA', 'FR', 'US', 'DE']) assert.equal(read(outcome.number, region), outcome.number)
      }),
    )
  })
})

test('a person is taken to be where their language is spoken, among the countries that are served', () => {
  const table: [Language, 'any' | string[], string][] = [
    ['fr-CA', 'any', 'CA'],
    ['fr', 'any', 'FR'],
    ['en', 'any', 'US'],
    ['en', ['CA', 'US'], 'US'],
    ['en', ['GB', 'IE'], 'GB'],
    ['fr', [], 'FR'],
  ]
  for (const [language, served, region] of table) assert.equal(regionOf(language, served), region)
})

test('a number is shown as at home to those who live there, and with its country to others', () => {
  const [ottawa, paris] = [numberOf('613 236 1234'), numberOf('+33612345678')]
  assert.deepEqual([numberShown(ottawa, 'fr-CA'), numberShown(ottawa, 'en')], ['(613) 236-1234', '(613) 236-1234'])
  assert.equal(numberShown(ottawa, 'fr'), '+1 613-236-1234')
  assert.equal(numberShown(paris, 'fr'), '06 12 34 56 78')
  assert.equal(numberShown(paris, 'fr-CA'), '+33 6 12 34 56 78')
})

test('what a number says of itself', () => {
  const table: [typed: string, country: string, texts: boolean, prefix: string, last: string][] = [
    ['613 236 1234', 'CA', true, '+1613236', '34'],
    ['011 33 6 12 34 56 78', 'FR', true, '+3361234', '78'],
    ['+33 1 42 68 53 00', 'FR', false, '+3314268', '00'],
    ['+1 876 210 1234', 'JM', true, '+1876210', '34'],
    ['+44 20 7946 0018', 'GB', false, '+44207946', '18'],
  ]
  for (const [typed, country, texts, prefix, last] of table) {
    const number = numberOf(typed)
    assert.deepEqual(
      [countryOf(number), takesTexts(number), prefixOf(number), lastDigits(number)],
      [country, texts, prefix, last],
      typed,
    )
  }
})

test('a number that the plans of countries no longer know is still shown, and of no country', () => {
  const gone = '+33012345678' as PhoneNumber
  assert.deepEqual([numberShown(gone, 'fr'), countryOf(gone)], [gone, ''])
})

test('countries are two letters of ISO 3166 that have numbers', () => {
  assert.deepEqual(['CA', 'FR', 'GB', 'UK', 'XX', 'ca', '001', ''].map(isCountry), [
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
