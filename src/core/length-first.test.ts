/** X1: every reader of a text from outside looks at its length first: 64 kB of anything cost next to nothing. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseNumber } from '../platform/phone/number.ts'
import { nastyTexts, workOf } from '../testing/nasty.ts'
import { type Email, emailKey, parseEmail } from './model/account/email.ts'
import { parseName } from './model/account/name.ts'
import { credentialIn } from './model/factor/passkey.ts'
import { looksLikeRecoveryCode } from './model/factor/recovery-code.ts'
import { stepOfCode } from './model/factor/totp.ts'
import { measure } from './model/password/policy/facts.ts'
import { parseNewPassword, preparePassword } from './model/password/policy.ts'
import { asReference } from './operations/ask-support.ts'

/** Of this thread. A request that holds it for longer holds everybody's. */
const MOST_MS = 20
const BYTES = 64 * 1_024
const standard = { minLength: 8, list: 'strict' } as const
const marks = (count: number): string => `a${'\u0327\u0301'.repeat(count)}`

const readers: Record<string, (typed: string) => unknown> = {
  'an address': parseEmail,
  'an address, its part before the @': (typed) => parseEmail(`${typed}@exemple.ca`),
  'an address, its domain': (typed) => parseEmail(`a@${typed}`),
  'a name': parseName,
  'a new password': (typed) => parseNewPassword(typed, standard, []),
  'words about whoever chooses a password': (typed) => parseNewPassword('trois mots ici', standard, [typed, typed]),
  'a password to sign in with': preparePassword,
  'a phone number': (typed) => parseNumber(typed, 'CA'),
  'a code of an app': (typed) => stepOfCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', typed, new Date(0)),
  'a recovery code': looksLikeRecoveryCode,
  'a reference': asReference,
  'an answer of an authenticator': credentialIn,
}

suite('X1: length before work', () => {
  for (const [what, read] of Object.entries(readers))
    test(`${what}: no text of 64 kB takes longer than one of 64 characters is worth`, async () => {
      for (const [kind, text] of nastyTexts(BYTES)) {
        const worked = await workOf(MOST_MS, () => read(text))
        assert.ok(worked <= MOST_MS, `${kind}: ${worked} ms`)
      }
    })

  test('what is too long is refused in the words there are, with the figures of what was typed', () => {
    const figures = (outcome: ReturnType<typeof parseEmail | typeof parseName>) =>
      outcome.ok ? 'accepted' : [outcome.reason, outcome.figures.has]
    assert.deepEqual(figures(parseEmail(`${marks(8_000)}@exemple.ca`)), ['address-local-too-long', 16_001])
    assert.deepEqual(figures(parseEmail(`a@${marks(8_000)}`)), ['address-domain-too-long', 16_001])
    assert.deepEqual(figures(parseEmail(marks(8_000))), ['address-not-one', undefined])
    assert.deepEqual(figures(parseName(` ${marks(8_000)} `)), ['name-too-long', 16_001])
    assert.deepEqual(figures(parseName(`Marie${' '.repeat(60_000)}`)), 'accepted')
    const long = parseNewPassword(marks(8_000), standard, [])
    assert.deepEqual(long, { ok: false, reason: 'password-too-long', figures: { max: 256, has: 16_001 } })
    assert.equal(preparePassword(marks(8_000)), undefined)
  })

  test('what is short enough in its normal form is taken, however it was typed', () => {
    const four = 'α\u0313\u0300\u0345'
    const parsed = parseEmail(`${four.repeat(64)}@exemple.ca`)
    assert.ok(parsed.ok)
    assert.equal(emailKey(parsed.email), `${four.normalize().repeat(64)}@exemple.ca` as Email)
    assert.ok(parseName(four.repeat(60)).ok)
    const password = Array.from({ length: 256 }, (_, n) => `${'aeiouycnrs'[n % 10]}\u0301`).join('')
    assert.ok(parseNewPassword(password, standard, []).ok)
  })

  test('the longest password is looked at in no time', async () => {
    for (const [kind, text] of nastyTexts(1_024)) {
      const worked = await workOf(MOST_MS, () => measure(preparePassword(text) ?? ''))
      assert.ok(worked <= MOST_MS, `${kind}: ${worked} ms`)
    }
  })
})
