import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readForeign } from './foreign.ts'

/** Base64 without padding of what a specification gives in hexadecimal. */
const b64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '')
const text = (plain: string): string => Buffer.from(plain).toString('base64').replace(/=+$/, '')

const FIREBASE =
  '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==' +
  '$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=='
const LONG = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Where it is from, the password, the hash, and how it is told. */
const vectors: readonly [string, string, string, string][] = [
  [
    'Argon2i of the first version, which is not written (phc-winner-argon2, test.c)',
    'password',
    '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ',
    'argon2i m=65536,t=2,p=1',
  ],
  [
    'Argon2i (phc-winner-argon2, test.c)',
    'password',
    '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
    'argon2i m=65536,t=2,p=1',
  ],
  [
    'Argon2id (phc-winner-argon2, test.c)',
    'password',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    'argon2id m=65536,t=2,p=1',
  ],
  [
    'bcrypt $2a$ (crypt_blowfish, wrapper.c)',
    'U*U',
    '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    'bcrypt cost=5',
  ],
  ['bcrypt $2y$', 'U*U', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'bcrypt cost=5'],
  ['bcrypt $2b$', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'bcrypt cost=5'],
  [
    'PBKDF2-SHA-1 (RFC 6070)',
    'password',
    `$pbkdf2-sha1$i=4096,l=20$${text('salt')}$${b64('4b007901b765489abead49d926f721d065a429c1')}`,
    'pbkdf2-sha1 i=4096',
  ],
  [
    'PBKDF2-SHA-256 (RFC 7914, section 11)',
    'Password',
    `$pbkdf2-sha256$i=80000,l=64$${text('NaCl')}$${b64('4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d')}`,
    'pbkdf2-sha256 i=80000',
  ],
  [
    'the same in the form of passlib',
    'Password',
    `$pbkdf2-sha256$80000$${text('NaCl')}$${b64('4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56').replaceAll('+', '.')}`,
    'pbkdf2-sha256 i=80000',
  ],
  [
    'PBKDF2-SHA-256 of Django (its tests)',
    'lètmein',
    'pbkdf2_sha256$20000$seasalt2$Flpve/uAcyo6+IFI6YAhjeABGPVbRQjzHDxRhqxewgw=',
    'pbkdf2-sha256 i=20000',
  ],
  [
    'scrypt (RFC 7914, section 12)',
    'password',
    `$scrypt$ln=10,r=8,p=16$${text('NaCl')}$${b64('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640')}`,
    'scrypt ln=10,r=8,p=16',
  ],
  ['Firebase scrypt (its documentation)', 'user1password', FIREBASE, 'firebase-scrypt n=14,r=8,p=1'],
]

suite('hashes of other services', () => {
  for (const [from, password, hash, format] of vectors)
    test(`${from}: the right password fits, another does not`, async () => {
      const read = readForeign(hash)
      assert.ok(read.ok)
      assert.equal(read.foreign.format, format)
      assert.equal(await read.foreign.fits(password), true)
      assert.equal(await read.foreign.fits(`${password}x`), false)
      assert.equal(await read.foreign.fits(''), false)
    })

  test('bcrypt reads 72 bytes: what was set with more still fits, and one byte less does not', async () => {
    const read = readForeign('$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui')
    assert.ok(read.ok)
    assert.equal(await read.foreign.fits(LONG), true)
    assert.equal(await read.foreign.fits(`${LONG}chars after 72 are ignored`), true)
    assert.equal(await read.foreign.fits(LONG.slice(0, -1)), false)
  })

  test('one that would cost gigabytes or minutes is refused', () => {
    const dear = [
      '$argon2id$v=19$m=524288,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      '$argon2id$v=19$m=65536,t=999999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      '$argon2id$v=19$m=65536,t=1,p=999$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      '$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      `pbkdf2_sha256$999999999$salt$${'A'.repeat(43)}=`,
      `$pbkdf2-sha1$i=1000000$c2FsdA$${'A'.repeat(86)}`,
      `$scrypt$ln=19,r=8,p=1$c2FsdA$${'A'.repeat(43)}`,
      `$scrypt$ln=17,r=8,p=64$c2FsdA$${'A'.repeat(43)}`,
      `$scrypt$ln=99,r=999,p=999$c2FsdA$${'A'.repeat(43)}`,
      FIREBASE.replace('n=14', 'n=24'),
    ]
    for (const hash of dear) assert.deepEqual([hash, reasonOf(hash)], [hash, 'hash-too-dear'])
  })

  test('one that is taken in can be compared, whatever is written in it: none makes a sign-in fail with a fault', async () => {
    const ours = 'CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    for (const hash of [
      `$scrypt$ln=15,r=1,p=1$c2FsdA$${'A'.repeat(43)}`,
      `$scrypt$ln=16,r=1,p=1$c2FsdA$${'A'.repeat(43)}`,
      FIREBASE.replace('n=14,r=8', 'n=17,r=1'),
      `$argon2id$v=19$m=64,t=1,p=1$c29tZXN_bHQ$${ours}`,
      `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHR$${ours}`,
      `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRhb$${ours}`,
      `$argon2id$v=19$m=064,t=1,p=1$c29tZXNhbHQ$${ours}`,
      `$argon2id$v=19$m=64,t=01,p=1$c29tZXNhbHQ$${ours}`,
      `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(17)}`,
      `$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(86)}`,
      `$2b$05$${'C'.repeat(53)}`,
      `$pbkdf2-sha1$i=1,l=20$c2FsdB$${'B'.repeat(27)}`,
    ]) {
      const read = readForeign(hash)
      if (read.ok) assert.equal(await read.foreign.fits('a password'), false, hash)
      else assert.deepEqual([hash, read.reason], [hash, 'hash-damaged'])
    }
  })

  test('one that is cut off, damaged, or of no form that is known is refused', () => {
    for (const hash of vectors.map(([, , it]) => it)) {
      assert.equal(reasonOf(`${hash}$`), 'hash-damaged')
      assert.equal(reasonOf(hash.replace(/[^$]+$/, '')), 'hash-damaged')
      assert.equal(reasonOf(hash.replace(/[^$]+$/, 'ë'.repeat(43))), 'hash-damaged')
    }
    for (const hash of [
      '$argon2id$v=19$m=8,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      '$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
      '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      '$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
      `$pbkdf2-sha256$i=0$c2FsdA$${'A'.repeat(43)}`,
      `$pbkdf2-sha256$i=1000,l=20$c2FsdA$${'A'.repeat(43)}`,
      `$scrypt$ln=0,r=8,p=1$c2FsdA$${'A'.repeat(43)}`,
      `$scrypt$ln=10,r=8,p=1$c2FsdA$AAAA`,
      'x'.repeat(1_001),
    ])
      assert.deepEqual([hash, reasonOf(hash)], [hash, 'hash-damaged'])
    for (const hash of ['', 'trois mots ici', '5f4dcc3b5aa765d61d8327deb882cf99', '$1$salt$hash', '$6$salt$hash'])
      assert.deepEqual([hash, reasonOf(hash)], [hash, 'hash-unknown'])
  })
})

function reasonOf(hash: string): string {
  const read = readForeign(hash)
  return read.ok ? 'taken' : read.reason
}
