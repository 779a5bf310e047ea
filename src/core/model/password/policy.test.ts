import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseNewPassword, preparePassword } from './policy.ts'

const about = ['marie.tremblay@exemple.ca', 'Marie', 'Tremblay', 'Passerelle']
const reason = (typed: string) => {
  const outcome = parseNewPassword(typed, { minLength: 8, list: 'standard' }, about)
  return outcome.ok ? 'accepted' : outcome.reason
}

suite('C1: length is counted in code points, from 8 to 256', () => {
  test('the edges', () => {
    assert.equal(reason('kT7-mo!'), 'password-too-short')
    assert.equal(reason('kT7-mo!z'), 'accepted')
    assert.equal(reason('été-çà!'), 'password-too-short')
    assert.equal(reason('𝕏y𝕏z𝕏w🙂'), 'password-too-short')
    const long = Array.from({ length: 256 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('')
    assert.equal(reason(long), 'accepted')
    assert.equal(reason(`${long}!`), 'password-too-long')
  })
  test('any character goes, no mix is asked for', () => {
    for (const good of [
      'trois mots ici',
      ' leading space ',
      'пароль-для-марии',
      '🙂🙃🙂🌍🚀🎈🧊🥐',
      'tulipe bleue dehors',
    ])
      assert.equal(reason(good), 'accepted', good)
    assert.equal(reason('line\nbreaks'), 'password-unusable')
    assert.equal(reason(''), 'password-missing')
  })
  test('long random strings of every script are accepted', () => {
    const letters = fc.string({ unit: 'grapheme', minLength: 15, maxLength: 40 })
    fc.assert(
      fc.property(letters, (typed) => {
        fc.pre(preparePassword(typed) !== undefined && new Set(typed).size > 12)
        assert.equal(reason(typed), 'accepted')
      }),
    )
  })
})

suite('C1: the form that is hashed (RFC 8265, OpaqueString)', () => {
  test('composed and decomposed letters are the same password, other spaces are a space, case stays', () => {
    assert.equal(preparePassword('cafe\u0301 noir'), preparePassword('café noir'))
    assert.equal(preparePassword('a\u00a0b\u3000c'), 'a b c')
    assert.notEqual(preparePassword('ABC'), preparePassword('abc'))
    assert.equal(preparePassword(' a '), ' a ')
    assert.equal(preparePassword('\ud800'), undefined)
  })
})

suite('C3: the stricter list', () => {
  const strictly = (typed: string) => {
    const outcome = parseNewPassword(typed, { minLength: 8, list: 'strict' }, about)
    return outcome.ok ? 'accepted' : outcome.reason
  }
  test('refuses a listed word in disguise, which the standard one lets pass', () => {
    for (const typed of [
      '12sunshine34',
      's.u.n.s.h.i.n.e',
      'enihsnus',
      'sunshine sunshine',
      '!!motdepasse!!',
      '99Doudou99',
    ])
      assert.deepEqual([reason(typed), strictly(typed)], ['accepted', 'password-common'], typed)
  })
  test('accepts words in a row, listed or not', () => {
    for (const typed of ['trois mots ici', 'soleil bonjour tulipe', 'sunshine-dragon 12', 'kT7-mo!z'])
      assert.equal(strictly(typed), 'accepted', typed)
  })
})

suite('C2: what is guessed first is refused, with its reason', () => {
  const refusals: Record<string, string[]> = {
    'password-common': [
      'password',
      'Password1!',
      'motdepasse',
      'P@ssw0rd',
      'sunshine99',
      '1qaz2wsx',
      'iloveyou!!',
      '12345678',
      'Bienvenue1',
      'doudou11',
      'T@barnak!',
      'Décembre2026',
    ],
    'password-pattern': [
      'aaaaaaaaaa',
      'abababababab',
      'xyzxyzxyzxyz',
      'efghijklmnop',
      'qwertyuiasdfghjk',
      '9876543210',
      '1111222233334444',
    ],
    'password-about-you': ['Tremblay2026', 'marie-tremblay', 'Passerelle!1', 'exemple.ca 123', 'passerelle marie'],
  }
  for (const [expected, all] of Object.entries(refusals))
    for (const typed of all) test(`${typed} is refused`, () => assert.equal(reason(typed), expected))
  test('their words are theirs without the accents too', () => {
    for (const typed of ['elise-gagne', 'Élise Gagné!', 'e\u0301lise2026', 'ELISEGAGNE']) {
      const outcome = parseNewPassword(typed, { minLength: 8, list: 'standard' }, ['Élise', 'Gagné'])
      assert.equal(!outcome.ok && outcome.reason, 'password-about-you', typed)
    }
  })
  test('a word of theirs inside something longer is no reason', () => {
    assert.equal(reason('marie aime les tulipes'), 'accepted')
  })
})
