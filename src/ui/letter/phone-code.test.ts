import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../../platform/languages/languages.ts'
import { phoneCode } from './phone-code.ts'

const facts = { brand: { name: 'Passerelle' }, code: '482913', minutes: 10 }
const word = phoneCode('https://account.example.com:8443')

/** 3GPP TS 23.038, 6.2.1, without its Greek capitals and the table behind the escape, each of which costs two. */
const GSM = /^[@£$¥èéùìòÇ\nØøÅåÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà_]*$/

test('a text costs one message in every language, and ends with the host it is for', () => {
  for (const { code } of languages) {
    const text = word('sms', code, facts)
    assert.match(text, GSM)
    assert.ok(text.length <= 160, `${code}: ${text.length}`)
    assert.match(text, /^482913 .*\n\n@account\.example\.com #482913$/s)
  }
})

test('on this machine, without https, there is no host it could be bound to', () => {
  assert.doesNotMatch(phoneCode('http://localhost:3000')('sms', 'en', facts), /[@#\n]/)
})

test('a call says the digits one by one, and nothing that is only to be read', () => {
  for (const { code } of languages) {
    const text = word('voice', code, facts)
    assert.match(text, /4, 8, 2, 9, 1, 3/)
    assert.doesNotMatch(text, /482913|[@#\n]/)
  }
})
