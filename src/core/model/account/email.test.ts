import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { type Email, emailKey, isSameMailbox, parseEmail, suggestAddress } from './email.ts'

const read = (typed: string): Email => {
  const outcome = parseEmail(typed)
  assert.ok(outcome.ok, `${typed} should be accepted`)
  return outcome.email
}
const reason = (typed: string) => {
  const outcome = parseEmail(typed)
  return outcome.ok ? undefined : [outcome.reason, outcome.figures.has]
}

suite('B3: an address has at most 64 characters on either side of the @', () => {
  test('64 are accepted, 65 are not, and the message can say how many there are', () => {
    read(`${'a'.repeat(64)}@exemple.ca`)
    assert.deepEqual(reason(`${'a'.repeat(65)}@exemple.ca`), ['address-local-too-long', 65])
    read(`a@${'b'.repeat(58)}.co.uk`)
    assert.deepEqual(reason(`a@${'b'.repeat(59)}.co.uk`), ['address-domain-too-long', 65])
    assert.deepEqual(reason(`a@${'b'.repeat(61)}.com`), ['address-domain-too-long', 65])
  })
  test('a long part of letters outside ASCII counts by character', () => {
    read(`${'é'.repeat(64)}@exemple.ca`)
    assert.deepEqual(reason(`${'𝕏'.repeat(65)}@exemple.ca`), ['address-local-too-long', 65])
  })
})

suite('which addresses are addresses', () => {
  for (const good of [
    ' marie@exemple.ca ',
    "o'brien+tag@exemple.co.uk",
    'björk@münchen.example',
    '用户@例子.广告',
    'a.b.c@x-y.example',
  ])
    test(good, () => void read(good))
  for (const bad of [
    'marie',
    'marie@',
    '@exemple.ca',
    'a b@exemple.ca',
    'a@exemple',
    'a@-x.ca',
    'a..b@x.ca',
    '.a@x.ca',
    'a@b@x.ca',
    'a@127.0.0.1',
    'a@x.ca,b@x.ca',
    'Marie <a@x.ca>',
    'a​b@x.ca',
    'a@x.ca\r\nBcc: b@x.ca',
    'a@x..ca',
    'a@ x.ca',
    'a@x.ca#.b.ca',
    'a@x.ca/b.ca',
    'a@x.ca?b.ca',
    'a@x%2eca',
    'a@%61.ca',
    'a@x.ca\\.b.ca',
    'a@x.ca:25',
    'a@x.ca／b.ca',
    'ａ＠b@x.ca',
  ])
    test(JSON.stringify(bad), () => assert.deepEqual(reason(bad)?.[0], 'address-not-one'))
  test('nothing typed', () => assert.equal(reason('  ')?.[0], 'address-missing'))
})

suite('the same mailbox is the same account', () => {
  for (const [one, other] of [
    ['Marie@Exemple.CA', 'marie@exemple.ca'],
    ['a@münchen.example', 'a@xn--mnchen-3ya.example'],
    ['a@MÜNCHEN.example', 'a@münchen.example'],
    ['andré@x.ca', 'andre\u0301@x.ca'],
    ['ｍarie@x.ca', 'marie@x.ca'],
  ] as const)
    test(`${one} is ${other}`, () => assert.equal(emailKey(read(one)), emailKey(read(other))))
  for (const [one, other] of [
    ['a.b@x.ca', 'ab@x.ca'],
    ['a+tag@x.ca', 'a@x.ca'],
    ['ı@x.ca', 'i@x.ca'],
  ] as const)
    test(`${one} is not ${other}`, () => assert.notEqual(emailKey(read(one)), emailKey(read(other))))
  test('the normal form of a normal form is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (local) => {
        const outcome = parseEmail(`${local}@exemple.ca`)
        if (!outcome.ok) return
        const again = parseEmail(emailKey(outcome.email))
        assert.ok(!again.ok || emailKey(again.email) === emailKey(outcome.email))
      }),
    )
  })
})

suite('E4: which addresses one person reads', () => {
  for (const [one, other] of [
    ['marie+bank@exemple.ca', 'Marie@exemple.ca'],
    ['marie+a+b@exemple.ca', 'marie+c@EXEMPLE.ca'],
    ['marie+x@xn--mnchen-3ya.example', 'marie@münchen.example'],
    ['ma.rie@gmail.com', 'm.arie+x@googlemail.com'],
    ['marie@icloud.com', 'marie@me.com'],
    ['ma.rie@proton.me', 'marie+x@pm.me'],
    ['ma_rie@protonmail.ch', 'm-arie@protonmail.com'],
    ['bank@marie.fastmail.com', 'marie+shop@fastmail.com'],
    ['any.thing@marie.fastmail.fm', 'Marie@fastmail.fm'],
  ] as const)
    test(`${one} and ${other}`, () => {
      assert.ok(isSameMailbox(read(one), read(other)))
      assert.notEqual(emailKey(read(one)), emailKey(read(other)), 'two accounts may have them')
    })
  for (const [one, other] of [
    ['ma.rie@exemple.ca', 'marie@exemple.ca'],
    ['+marie@exemple.ca', '+jean@exemple.ca'],
    ['marie@outlook.com', 'marie@hotmail.com'],
    ['marie-bank@exemple.ca', 'marie@exemple.ca'],
    ['ma_rie@gmail.com', 'marie@gmail.com'],
    ['ma.rie@fastmail.com', 'marie@fastmail.com'],
    ['marie@a.fastmail.com', 'marie@fastmail.com'],
    ['marie@yahoo.com', 'ma.rie@yahoo.com'],
    ['marie@icloud.com', 'ma.rie@icloud.com'],
  ] as const)
    test(`not ${one} and ${other}`, () => assert.ok(!isSameMailbox(read(one), read(other))))
})

suite('a letter goes to the mailbox that the normal form names', () => {
  test('characters that only look different are folded in the address too', () => {
    assert.equal(read('ｍarie＠ｅｘｅｍｐｌｅ。ca'), 'marie@exemple.ca')
    assert.equal(read('Marie@MÜNCHEN.example'), 'Marie@münchen.example')
  })
  test('whatever was typed, the address and its normal form are one mailbox', () => {
    const part = fc.string({
      unit: fc.oneof(fc.constantFrom(...'abc.-@#/?%\\:'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const outcome = parseEmail(`${local}@${domain}.example`)
        if (!outcome.ok) return
        const [key, sent] = [emailKey(outcome.email), outcome.email]
        assert.equal(domainToASCII(sent.slice(sent.lastIndexOf('@') + 1)), key.slice(key.lastIndexOf('@') + 1))
        const lower = parseEmail(`${sent.slice(0, sent.lastIndexOf('@')).toLowerCase()}@${domain}.example`)
        assert.ok(lower.ok && emailKey(lower.email) === key)
      }),
      { numRuns: 2_000 },
    )
  })
  test('a long text without @ is no domain', () => {
    assert.equal(reason('漢'.repeat(60_000))?.[0], 'address-not-one')
  })
})

suite('B4: a mistyped domain is offered as a correction', () => {
  test('one letter off', () => {
    assert.equal(suggestAddress(read('marie@gmial.com')), 'marie@gmail.com')
    assert.equal(suggestAddress(read('marie@gmail.con')), 'marie@gmail.com')
    assert.equal(suggestAddress(read('marie@hotmial.fr')), 'marie@hotmail.fr')
  })
  test('a domain of its own is left alone', () => {
    for (const own of ['gmail.com', 'exemple.ca', 'mail.com', 'me.com', 'company.co.uk'])
      assert.equal(suggestAddress(read(`marie@${own}`)), undefined, own)
  })
})
