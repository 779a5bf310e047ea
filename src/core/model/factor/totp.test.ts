import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { movableClock, seconds } from '../../../platform/clock.ts'
import { systemRandom } from '../../../platform/random.ts'
import { codeOfStep, drawKey, keyUri, stepAt, stepOfCode, toBase32 } from './totp.ts'

const VECTOR = toBase32(Buffer.from('12345678901234567890'))

suite('the codes of an app', () => {
  test('are those of RFC 4226, appendix D', () => {
    const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
    assert.deepEqual(
      codes.map((_, counter) => codeOfStep(VECTOR, counter)),
      codes,
    )
  })

  test('are those of RFC 6238, appendix B, as six digits', () => {
    const vectors = [
      ['1970-01-01T00:00:59Z', '287082'],
      ['2005-03-18T01:58:29Z', '081804'],
      ['2005-03-18T01:58:31Z', '050471'],
      ['2009-02-13T23:31:30Z', '005924'],
      ['2033-05-18T03:33:20Z', '279037'],
      ['2603-10-11T11:33:20Z', '353130'],
    ] as const
    for (const [at, code] of vectors) assert.equal(codeOfStep(VECTOR, stepAt(new Date(at))), code, at)
  })

  test('keys are Base32 of 160 bits (RFC 4648, section 10)', () => {
    assert.equal(toBase32(Buffer.from('foobar')), 'MZXW6YTBOI')
    assert.equal(toBase32(Buffer.from('fooba')), 'MZXW6YTB')
    assert.match(drawKey(systemRandom), /^[A-Z2-7]{32}$/)
  })

  test('are taken of the step before, this one and the next, whatever stands between the digits', () => {
    const clock = movableClock()
    const middle = stepAt(clock.now())
    for (const away of [-2, -1, 0, 1, 2]) {
      const code = codeOfStep(VECTOR, middle + away)
      const expected = Math.abs(away) < 2 ? middle + away : undefined
      assert.equal(stepOfCode(VECTOR, code, clock.now()), expected, `${away} steps away`)
      assert.equal(stepOfCode(VECTOR, ` ${code.slice(0, 3)}-${code.slice(3)} `, clock.now()), expected)
    }
    const code = codeOfStep(VECTOR, middle)
    clock.advance(seconds(90))
    assert.equal(stepOfCode(VECTOR, code, clock.now()), undefined)
    for (const odd of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
      assert.equal(stepOfCode(VECTOR, odd, clock.now()), undefined, odd)
  })

  test('the entry of the app says whose it is', () => {
    assert.equal(
      keyUri('ABC', { issuer: 'Café & fils', person: 'nadia@exemple.ca' }),
      'otpauth://totp/Caf%C3%A9%20%26%20fils:nadia%40exemple.ca?secret=ABC&issuer=Caf%C3%A9%20%26%20fils',
    )
  })
})
