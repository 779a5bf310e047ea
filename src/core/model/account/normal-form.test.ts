/** B3: an address has one normal form. Two addresses are one account exactly where mail for one reaches the other. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { openMailServer, sampleMail } from '../../../platform/mail/testing/mail-server.ts'
import { type Email, emailKey, parseEmail, suggestAddress } from './email.ts'

const read = (typed: string): Email | undefined => {
  const outcome = parseEmail(typed)
  return outcome.ok ? outcome.email : undefined
}
const parts = (address: string): [local: string, domain: string] => {
  const at = address.lastIndexOf('@')
  return [address.slice(0, at), address.slice(at + 1)]
}
/** A letter without its case: JavaScript itself says which are one (`/x/iu` is Unicode's simple folding), capitals which one. */
function withoutCase(it: string): string {
  const capital = it.toUpperCase()
  const isOne = [...capital].length === 1 && new RegExp(`^\\u{${it.codePointAt(0)?.toString(16)}}$`, 'iu').test(capital)
  return isOne ? capital.toLowerCase() : it.toLowerCase()
}
/** Where a letter to this address arrives: mail servers look the domain up in ASCII, and B3 takes case for no difference. */
const mailboxOf = (email: string): string => {
  const [local, domain] = parts(email)
  return `${[...local].map(withoutCase).join('').normalize()}@${domainToASCII(domain)}`
}
const KEY = /^[^@]+@([a-z0-9-]+\.)+[a-z0-9-]+$/u

/** Says what is wrong with the normal form of an address; every mailbox seen so far has one, and no two have the same. */
function inspector() {
  const [keys, mailboxes] = [new Map<string, string>(), new Map<string, string>()]
  return (typed: string): string | undefined => {
    const email = read(typed)
    if (email === undefined) return undefined
    const [key, mailbox] = [emailKey(email), mailboxOf(email)]
    const again = read(key)
    const wrong = [
      !KEY.test(key) && 'has a part missing',
      read(email) !== email && 'is read otherwise once it is kept',
      (again === undefined || emailKey(again) !== key) && 'has a normal form that has another',
      domainToASCII(parts(typed.trim().replaceAll(/[＠﹫]/g, '@'))[1]) !== parts(key)[1] && 'is at another domain',
      (keys.get(mailbox) ?? key) !== key && 'is a mailbox with two normal forms',
      (mailboxes.get(key) ?? mailbox) !== mailbox && 'has the normal form of another mailbox',
    ].find(Boolean)
    keys.set(mailbox, key)
    mailboxes.set(key, mailbox)
    return wrong ? `${JSON.stringify(typed)} (${key}) ${wrong}` : undefined
  }
}

/** Every assigned code point; of those that nobody has assigned, of private ones and of ideographs, some. */
function* codePoints(): Generator<string> {
  for (let code = 0; code <= 0x10ffff; code++) {
    const it = String.fromCodePoint(code)
    if (code % 251 === 0 || !/[\p{Cn}\p{Co}\p{Ideographic}\p{Script=Hangul}]/u.test(it)) yield it
  }
}

suite('B3: an address has one normal form', () => {
  test('whatever code point stands in the domain, alone, between Latin and between Hebrew letters', () => {
    const inspect = inspector()
    for (const it of codePoints())
      for (const label of [it, `a${it}b`, `א${it}א`]) assert.equal(inspect(`m@${label}.example`), undefined)
  })

  test('whatever a label of ASCII stands for, signs included', () => {
    const inspect = inspector()
    const digits = [...'abcdefghijklmnopqrstuvwxyz0123456789']
    const longer = (labels: string[]) => labels.flatMap((label) => digits.map((digit) => label + digit))
    let labels = digits
    for (let length = 1; length <= 3; length++) {
      for (const label of labels) assert.equal(inspect(`m@xn--${label}.example`), undefined)
      labels = longer(labels)
    }
    const label = fc.string({ unit: fc.constantFrom(...digits, '-'), minLength: 4, maxLength: 12 })
    fc.assert(
      fc.property(label, (it) => assert.equal(inspect(`m@xn--${it}.example`), undefined)),
      { numRuns: 20_000 },
    )
  })

  test('whatever code point stands before the @', () => {
    const inspect = inspector()
    for (const it of codePoints())
      for (const local of [it, `ΑΣ${it}`, `a${it}\u0301`]) assert.equal(inspect(`${local}@exemple.ca`), undefined)
  })

  test('B3: an address is one account in whatever case its letters are, the last sigma of a word too', () => {
    for (const [one, other] of [
      ['μαριος.π', 'ΜΑΡΙΟΣ.Π'],
      ['μαριοσ', 'ΜΑΡΙΟΣ'],
      ['μαριος', 'μαριοσ'],
      ['א\u0345', 'אΙ'],
      ['ᲀᲁᲂᲃᲄᲆᲇᲈ', 'ВДОСТЪѢꙊ'],
      ['ᏸꭰ', 'ᏰᎠ'],
    ])
      assert.equal(emailKey(read(`${one}@exemple.ca`) as Email), emailKey(read(`${other}@exemple.ca`) as Email), one)
    assert.notEqual(emailKey(read('straße@exemple.ca') as Email), emailKey(read('strasse@exemple.ca') as Email))
  })

  test('no two letters that are one without their case are two before the @', () => {
    const letters = [...codePoints()].filter((it) =>
      /\p{Changes_When_Casemapped}|\p{Changes_When_Casefolded}/u.test(it),
    )
    for (const it of letters)
      for (const other of [it.toUpperCase(), it.toLowerCase(), it.toUpperCase().toLowerCase()]) {
        const [one, two] = [read(`a${it}b@exemple.ca`), read(`a${other}b@exemple.ca`)]
        const isOne = new RegExp(`^\\u{${it.codePointAt(0)?.toString(16)}}$`, 'iu').test(other)
        if (one && two && isOne) assert.equal(emailKey(two), emailKey(one), `${it} ${other}`)
      }
  })

  test('whatever is typed: cases, marks, compatibility characters, dots and ways to write an @', () => {
    const inspect = inspector()
    const unit = fc.oneof(
      fc.constantFrom(
        ...'aAßẞſςσΣıİIkKᲀвВꭰᎠ.-_+。．｡·ﬁ①ⅷǅ\u0301\u0307\u0345\u034f\u200d\ufe0f\u00ad',
        'xn--',
        '@',
        '＠',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    )
    const part = fc.string({ unit, minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(part, part, fc.constantFrom('@', '＠', '﹫'), (local, domain, at) => {
        for (const typed of [
          `${local}${at}${domain}.example`,
          `${local.toUpperCase()}${at}${domain.toUpperCase()}.example`,
        ])
          assert.equal(inspect(typed), undefined)
      }),
      { numRuns: 20_000 },
    )
  })

  test('a label of ASCII that is no canonical one is not taken for another', () => {
    assert.equal(read('m@xn---trua.example'), undefined)
    assert.equal(read('m@xn--trua.example'), 'm@抚抚.example')
  })

  test('two people at domains with signs are not taken for one', () => {
    for (const sign of ['xn--l8h', 'xn--53h', '⚰', 'i❤', 'xn--i-7iq'])
      assert.equal(read(`marie@${sign}.example`), undefined, sign)
  })

  test('what nobody sees, and what is no character yet, makes no other address', () => {
    for (const it of ['\u034f', '\ufe0f', '\u115f', '\u3164', '\u{e0100}', '\ufffd', '\u0378', '\u{50000}', '\ud800'])
      assert.equal(read(`ma${it}rie@exemple.ca`), undefined, it)
  })

  test('a domain that another normalization makes another one of is the one that mail programs look up', () => {
    assert.equal(emailKey(read('m@ϲ.example') as Email), emailKey(read('m@σ.example') as Email))
    assert.notEqual(emailKey(read('m@ς.example') as Email), emailKey(read('m@σ.example') as Email))
  })

  test('what is offered for a mistyped domain has one too', () => {
    for (const typed of ['ΑΣ@gmial.com', 'İ@gmail.con', 'marie@hotmial.fr', 'ﬁ＠ｇｍｉａｌ。com']) {
      const meant = suggestAddress(read(typed) as Email)
      assert.ok(meant && read(meant) === meant, typed)
    }
  })
})

test('B3: a letter arrives at the mailbox that the normal form names', async (t) => {
  const { mailer, received } = await openMailServer(t)
  const typed = [
    'Marie@MÜNCHEN.example',
    'marie@xn--mnchen-3ya.example',
    'm@faß.example',
    'm@xn--fa-hia.example',
    'm@βόλος.example',
    'm@ϲ.example',
    'm@ｅｘｅｍｐｌｅ。ca',
    'm@ᎠᎡ.example',
    'm@l·l.example',
    'm@例子.广告',
    'm@א1.example',
    '用户@例子.广告',
    'andre\u0301@faß.example',
    'İ@x.example',
    "o'brien+{tag}`|~@x.example",
  ]
  for (const one of typed) {
    const email = read(one)
    assert.ok(email, one)
    await mailer.send({ ...sampleMail, to: email })
    const [recipient = ''] = received.at(-1)?.recipients ?? []
    assert.equal(mailboxOf(recipient), emailKey(email), one)
    assert.equal(parts(recipient)[0], parts(email)[0], one)
  }
})
