import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { LIMITS } from './core/limits/counters/limits.ts'
import { listed } from './settings/specs.ts'
import { settingsFile, settingsTable } from './settings/table.ts'
import { givenSettings, readSettings, readValues, WrongSetting } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'passerelle-settings-'))
after(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const refusal = (environment: Record<string, string>): string => {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof WrongSetting) return error.message
    throw error
  }
  return ''
}

test('without any, the service is in development on this machine', () => {
  const { values, url, https, development, figures } = readSettings({})
  assert.deepEqual([url.origin, https, development], ['http://localhost:3000', false, true])
  assert.deepEqual([values.PORT, values.HOST, values.PASSERELLE_DATA], [3000, '127.0.0.1', '.data'])
  assert.deepEqual([values.PASSERELLE_TRUSTED_PROXIES, values.DATABASE_URL], [[], ''])
  assert.deepEqual([figures.codeLives, figures.sessionMax], [{ ms: 1_800_000 }, { ms: 2_592_000_000 }])
})

test('a setting that is not one stops the start, wherever it stands', () => {
  const words = 'is not a setting; docs/settings.md lists them all'
  for (const name of [
    'PASSERELLE_COLOUR',
    'PASSERELLE_',
    'PASSERELLE_PORT',
    'PASSERELLE_CONFIG_FILE',
    'PASSERELLE_URL_FILE_FILE',
  ])
    assert.equal(refusal({ [name]: '1' }), `${name} ${words}`)
  for (const name of ['COLOUR', 'toString', '__proto__x', 'port'])
    assert.equal(refusal({ PASSERELLE_CONFIG: file('unknown.yaml', `${name}: 1`) }), `${name} ${words}`)
  assert.equal(refusal({ COLOUR: '1', PASSERELLE_TEST_DATABASE_URL: 'x', PASSERELLE_CHROMIUM: 'x' }), '')
})

test('a wrong value is named, and never repeated', () => {
  const wrong: [string, string[]][] = [
    [
      'PASSERELLE_URL',
      [
        'account',
        'http://localhost:3000/',
        'https://a.example/x',
        'https://u@a.example',
        'ftp://a.example',
        'https://A.example',
      ],
    ],
    ['PASSERELLE_MODE', ['prod']],
    ['PASSERELLE_NAME', [' ', 'x'.repeat(41)]],
    ['PORT', ['-1', '65536', '1.5', 'abc']],
    ['HOST', [' ']],
    ['DATABASE_URL', ['mysql://x', 'localhost']],
    ['DATABASE_POOL', ['0', '201']],
    ['PASSERELLE_SECRET', ['x'.repeat(31)]],
    ['PASSERELLE_SECRET_FORMER', ['x'.repeat(31), 'one two']],
    ['PASSERELLE_ADMIN_TOKEN', ['short', 'é'.repeat(40), `${'x'.repeat(40)}\n`.repeat(2)]],
    ['SMTP_URL', ['http://x', 'localhost:25']],
    ['SMS_URL', ['https://texts.example', 'smpp://texts.example', 'twilio']],
    ['PASSERELLE_PHONE_COUNTRIES', ['Canada', 'CA, XX', 'CA/US', '+1', 'UK', '001']],
    ['MAIL_FROM', ['nobody', 'a@b\nBcc: c@d']],
    ['PASSERELLE_TRUSTED_PROXIES', ['proxy', '10.1.0.0/', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '10.0.0']],
    ['PASSERELLE_LOG', ['xml']],
    ['PASSERELLE_HASH_MEMORY_KIB', ['4096']],
    ['PASSERELLE_PASSWORD_MIN', ['7', '65']],
  ]
  for (const [name, values] of wrong)
    for (const value of values) {
      const message = refusal({ [name]: value })
      assert.match(message, new RegExp(`^${name} must `), value)
      assert.doesNotMatch(message, /\n/)
      if (value.length > 8) assert.ok(!message.includes(value), message)
    }
  for (const { name, byDefault } of listed) assert.equal(refusal({ [name]: byDefault }), '', name)
})

test('former keys are a list, or one that has spaces in it', () => {
  const former = (text: string) => readValues({ PASSERELLE_SECRET_FORMER: text }).PASSERELLE_SECRET_FORMER
  const [a, b, spoken] = ['a'.repeat(32), 'b'.repeat(40), 'a key of some words, long enough to be one']
  assert.deepEqual(former(`${a}, ${b}`), [a, b])
  assert.deepEqual(former(spoken), [spoken])
  assert.deepEqual(former(''), [])
})

test('texts and calls go to the countries that are named, to any in the development inbox, to none without a provider', () => {
  const served = (environment: Record<string, string>) => readSettings(environment).figures.phoneCountries
  const SMS_URL = 'twilio://AC1:token@api.example?from=+15145550100'
  const production = { PASSERELLE_URL: 'https://account.example.com', SMTP_URL: 'smtp://mail.example.com' }
  const PASSERELLE_PHONE_COUNTRIES = 'ca, US fr'
  assert.equal(served({}), 'any')
  assert.deepEqual(served({ PASSERELLE_PHONE_COUNTRIES }), ['CA', 'US', 'FR'])
  assert.deepEqual(served({ SMS_URL }), [])
  assert.deepEqual(served({ SMS_URL, PASSERELLE_PHONE_COUNTRIES }), ['CA', 'US', 'FR'])
  assert.deepEqual(served({ ...production, SMS_URL, PASSERELLE_PHONE_COUNTRIES }), ['CA', 'US', 'FR'])
  assert.deepEqual(served({ ...production, PASSERELLE_PHONE_COUNTRIES }), [])
})

test('the environment comes before the file, the file before the default', () => {
  const PASSERELLE_CONFIG = file('some.yaml', 'PORT: 4000\nHOST: 0.0.0.0\nPASSERELLE_NAME: "Compte"\n')
  const { PORT, HOST, PASSERELLE_NAME, DATABASE_POOL } = readValues({
    PASSERELLE_CONFIG,
    PORT: '5000',
    PASSERELLE_NAME: '',
  })
  assert.deepEqual([PORT, HOST, PASSERELLE_NAME, DATABASE_POOL], [5000, '0.0.0.0', 'Compte', 10])
  const from = Object.fromEntries(givenSettings({ PASSERELLE_CONFIG, PORT: '5000' }).map((it) => [it.name, it.from]))
  assert.deepEqual([from.PORT, from.HOST, from.DATABASE_POOL], ['environment', PASSERELLE_CONFIG, 'default'])
})

test('NAME_FILE, in the environment or the file, reads the value from a file', () => {
  const PASSERELLE_SECRET_FILE = file('secret', `${'s'.repeat(40)}\n`)
  const other = file('other', 'o'.repeat(40))
  assert.equal(readValues({ PASSERELLE_SECRET_FILE }).PASSERELLE_SECRET, 's'.repeat(40))
  const PASSERELLE_CONFIG = file('files.yaml', `PASSERELLE_SECRET_FILE: ${other}\n`)
  assert.equal(readValues({ PASSERELLE_CONFIG }).PASSERELLE_SECRET, 'o'.repeat(40))
  assert.equal(readValues({ PASSERELLE_CONFIG, PASSERELLE_SECRET_FILE }).PASSERELLE_SECRET, 's'.repeat(40))
  assert.equal(
    refusal({ SMTP_URL_FILE: join(folder, 'none') }),
    `SMTP_URL_FILE names ${join(folder, 'none')}, which cannot be read`,
  )
})

test('a file that is not there, or is not a list of settings', () => {
  const none = join(folder, 'none.yaml')
  assert.equal(refusal({ PASSERELLE_CONFIG: none }), `PASSERELLE_CONFIG names ${none}, which cannot be read`)
  for (const text of ['- PORT', 'PORT', 'PORT: [1]', 'PORT: true', 'PORT:', 'PORT: {a: 1}'])
    assert.match(refusal({ PASSERELLE_CONFIG: file('odd.yaml', text) }), /odd\.yaml must be a list of NAME: value$/)
  const broken = refusal({ PASSERELLE_CONFIG: file('broken.yaml', 'PORT: 1\n  SMTP_URL: smtp://u:secret@host\n') })
  assert.match(broken, /broken\.yaml is not YAML: .* at line \d+, column \d+$/)
  assert.doesNotMatch(broken, /secret/)
  assert.equal(refusal({ PASSERELLE_CONFIG: file('empty.yaml', '# nothing\n') }), '')
})

test('what production refuses, and what only development may be', () => {
  const production = { PASSERELLE_URL: 'https://account.example.com', SMTP_URL: 'smtp://mail.example.com' }
  assert.equal(refusal(production), '')
  assert.equal(readSettings(production).development, false)
  assert.equal(
    refusal({ ...production, PASSERELLE_URL: 'http://account.example.com' }),
    'PASSERELLE_URL must be https in production',
  )
  assert.equal(refusal({ PASSERELLE_MODE: 'production' }), 'PASSERELLE_URL must be https in production')
  assert.match(refusal({ ...production, SMTP_URL: '' }), /^SMTP_URL is needed in production/)
  const DATABASE_URL = 'postgres://localhost/accounts'
  assert.equal(refusal({ ...production, DATABASE_URL }), 'PASSERELLE_SECRET is needed with DATABASE_URL')
  assert.equal(refusal({ ...production, DATABASE_URL, PASSERELLE_SECRET: 'x'.repeat(32) }), '')
  assert.equal(refusal({ DATABASE_URL }), 'PASSERELLE_SECRET is needed with DATABASE_URL')
  assert.equal(refusal({ DATABASE_URL, PASSERELLE_SECRET: 'x'.repeat(32) }), '')
  assert.match(
    refusal({ ...production, PASSERELLE_MODE: 'development' }),
    /^PASSERELLE_MODE is development, which needs a loopback/,
  )
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
    assert.equal(readSettings({ PASSERELLE_URL: `http://${host}:3000` }).development, true, host)
  for (const host of ['localhost.example.com', '127.0.0.1.example.com', '0.0.0.0', 'notlocalhost'])
    assert.equal(refusal({ PASSERELLE_URL: `http://${host}` }), 'PASSERELLE_URL must be https in production', host)
  assert.equal(refusal({ ...production, PASSERELLE_URL: 'https://localhost:8443', PASSERELLE_MODE: 'production' }), '')
})

test('without PASSERELLE_URL the address follows PORT, and the mode the address', () => {
  const [address, mode] = ['PASSERELLE_URL', 'PASSERELLE_MODE'].map(
    (name) => (environment: Record<string, string>) =>
      givenSettings(environment).find((setting) => setting.name === name)?.text,
  )
  for (const [PORT, url] of [
    ['3005', 'http://localhost:3005'],
    ['80', 'http://localhost'],
    ['0', 'http://localhost:3000'], // any free port: nobody knows it yet
  ])
    assert.equal(readSettings({ PORT }).url.origin, url)
  const PASSERELLE_CONFIG = file('port.yaml', 'PORT: 3006')
  assert.equal(address?.({ PASSERELLE_CONFIG }), 'http://localhost:3006')
  assert.equal(readSettings({ PORT: '3005', PASSERELLE_URL: 'http://localhost:3000' }).url.port, '3000')
  assert.deepEqual([mode?.({}), mode?.({ PORT: '3005' })], ['development', 'development'])
  assert.equal(mode?.({ PASSERELLE_URL: 'https://account.example.com' }), 'production')
  assert.equal(mode?.({ PASSERELLE_URL: 'https://localhost', PASSERELLE_MODE: 'production' }), 'production')
})

test('limits that contradict each other are refused, and none can be nothing', () => {
  const hours = { PASSERELLE_LETTERS_HOUR: '30', PASSERELLE_LETTERS_DAY: '20' }
  assert.equal(refusal(hours), 'PASSERELLE_LETTERS_HOUR must not be above PASSERELLE_LETTERS_DAY')
  assert.equal(refusal({ ...hours, PASSERELLE_LETTERS_DAY: '30' }), '')
  assert.equal(
    refusal({ PASSERELLE_BLOCK_MINUTES: '120', PASSERELLE_BLOCK_LONGEST_HOURS: '1' }),
    'PASSERELLE_BLOCK_MINUTES must not be longer than PASSERELLE_BLOCK_LONGEST_HOURS',
  )
  for (const { setting, range } of Object.values(LIMITS)) {
    const [least, greatest] = range
    assert.equal(refusal({ [setting]: '0' }), `${setting} must be a whole number from ${least} to ${greatest}`)
    assert.ok(refusal({ [setting]: `${greatest + 1}` }))
  }
})

test('a tool that only talks to the service needs less', () => {
  assert.equal(
    readValues({ PASSERELLE_URL: 'https://account.example.com' }).PASSERELLE_URL,
    'https://account.example.com',
  )
})

test('docs/settings.md is made from the settings: npm run docs', () => {
  assert.equal(readFileSync(settingsFile, 'utf8'), settingsTable)
})
