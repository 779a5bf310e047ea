import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { makeSmtpMailer } from './smtp.ts'
import { openMailServer, sampleMail, sampleSettings } from './testing/mail-server.ts'

const HEADERS = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
]

suite('nothing that somebody typed becomes a header, a recipient or a command', () => {
  const ADDRESSES = [
    'a@example.com\r\nBcc: eve@evil.example',
    'a@example.com>\r\nRCPT TO:<eve@evil.example',
    'a@example.com\nb@example.com',
    'a@example.com\u2028b@example.com',
    'a@example.com,eve@evil.example',
    'a@example.com;eve@evil.example',
    'Marie <a@example.com>',
    '<a@example.com>',
    '"a b"@example.com',
    'a@b@example.com',
    'a@[127.0.0.1]',
    'a(comment)@example.com',
    'a\0@example.com',
    'a\u202e@example.com',
    'a b@example.com',
    'undisclosed:eve@evil.example;',
    'a',
    '@example.com',
    'a@',
    '',
  ]
  test('what is not one address is refused before the server hears of it', async (t) => {
    const { mailer, sockets } = await openMailServer(t)
    for (const to of ADDRESSES) await assert.rejects(mailer.send({ ...sampleMail, to }), RefusedForGood, to)
    assert.equal(sockets.size, 0)
  })

  test('subjects and texts of any characters leave the headers and the envelope as they were', async (t) => {
    const { mailer, received } = await openMailServer(t)
    const nasty = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\0',
      '\u2028',
      '\r\n.\r\n',
      'Bcc: eve@evil.example',
      '=?utf-8?q?=0D=0A?=',
      ':',
    )
    const text = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 })
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, body) => {
        await mailer.send({ ...sampleMail, subject, text: body, html: body })
        const mail = received.at(-1)
        const names = (mail?.headers ?? []).map(({ key }) => key).sort()
        assert.deepEqual(
          names,
          HEADERS.filter((name) => name !== 'subject' || names.includes('subject')),
        )
        assert.deepEqual(mail?.recipients, [sampleMail.to])
      }),
      { numRuns: 200 },
    )
    assert.ok(received.length >= 200)
  })
})

suite('settings', () => {
  const make = (more: { url?: string; from?: string }) => () =>
    makeSmtpMailer({ url: 'smtp://127.0.0.1:25', ...sampleSettings, ...more })

  test('a URL that is not of its form is told apart without its password', () => {
    const urls = [
      'smtp://',
      'http://u:secret@h',
      'smtp://u:secret@h:99999',
      'smtp://u:secret%@h',
      'smtp://u:secret#@h',
      'smtp://u:secret@h/x',
      'smtp://u:secret@h?logger=true',
    ]
    for (const url of urls) {
      assert.throws(
        make({ url }),
        (error: Error) => /^SMTP_URL must be/.test(error.message) && !/secret/.test(JSON.stringify(error)),
        url,
      )
    }
  })

  test('a sender is an address with or without a name, and nothing else', () => {
    for (const from of ['a@b', 'Name <a@b>', '"Name, Inc." <a@b.example>', '<a@b>'])
      assert.doesNotThrow(make({ from }), from)
    for (const from of ['a', 'a@b, c@d', 'N <a@b> x', 'N\r\nBcc: x <a@b>', 'N <a@b\r\n>', 'N <a@b>, M <c@d>', ''])
      assert.throws(make({ from }), /^Error: MAIL_FROM must be/, from)
  })

  test('a login goes to another machine through verified TLS only', async (t) => {
    const heard: string[] = []
    const onAuth = (
      { username }: { username?: string | undefined },
      _: unknown,
      end: (error: null, user: { user: string }) => void,
    ) => {
      heard.push(username ?? '')
      end(null, { user: 'us' })
    }
    // 0.0.0.0 leads to this machine, and is not known as such.
    const settings = { login: 'us:p%40ss', host: '0.0.0.0' }
    const bare = await openMailServer(t, {
      server: { onAuth, disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
      settings,
    })
    await assert.rejects(bare.mailer.send(sampleMail), /STARTTLS|502|500/)
    const unsigned = await openMailServer(t, { server: { onAuth }, settings })
    await assert.rejects(unsigned.mailer.send(sampleMail), /certificate/)
    assert.deepEqual([heard, bare.received, unsigned.received], [[], [], []])
    const local = await openMailServer(t, {
      server: { onAuth, allowInsecureAuth: true },
      settings: { login: 'us:p%40ss' },
    })
    await local.mailer.send(sampleMail)
    assert.deepEqual(heard, ['us'])
  })
})
