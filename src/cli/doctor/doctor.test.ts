import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { portOf } from '../../platform/mail/testing/mail-server.ts'
import { readSettings, WrongSetting } from '../../settings.ts'
import { emptyFolder, passerelle } from '../../testing/command-line.ts'
import { freePort } from '../../testing/free-port.ts'
import { dataFolder, mail, node, proxies, texts } from './surroundings.ts'

const settings = (environment: Record<string, string> = {}) => readSettings({ ...environment })
const production = { PASSERELLE_URL: 'https://account.example.com', SMTP_URL: 'smtp://localhost:25' }

async function mailServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}): Promise<string> {
  const server = new SMTPServer({ authOptional: true, logger: false, ...options })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  after(() => server.close())
  return `127.0.0.1:${portOf(server.server)}`
}

test('Node.js is new enough', () => {
  for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) assert.equal(node(version).ok, true, version)
  for (const version of ['20.18.9', '18.20.0', '9.0.0']) assert.equal(node(version).ok, false, version)
})

test('https is somebody else’s, who must be trusted', () => {
  assert.equal(proxies(settings()).ok, true)
  assert.equal(proxies(settings(production)).ok, false)
  const trusting = proxies(settings({ ...production, PASSERELLE_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }))
  assert.deepEqual(
    [trusting.ok, trusting.says],
    [true, 'X-Forwarded-For or Forwarded is believed from 10.0.0.0/8, ::1'],
  )
})

test('the data folder', () => {
  const cwd = emptyFolder()
  writeFileSync(join(cwd, 'file'), '')
  const look = (PASSERELLE_DATA: string, more = {}) => dataFolder(settings({ PASSERELLE_DATA, ...more }))
  assert.deepEqual(
    look(join(cwd, 'a/b')).map(({ ok }) => ok),
    [true],
  )
  const elsewhere = {
    DATABASE_URL: 'postgres://x',
    PASSERELLE_SECRET: 'x'.repeat(32),
    PASSERELLE_ADMIN_TOKEN: 'x'.repeat(32),
  }
  assert.match(look(cwd, elsewhere)[0]?.says ?? '', /^not needed/)
  const [notOne] = look(join(cwd, 'file/data'))
  assert.equal(notOne?.ok, false)
})

test('the mail server is asked, and told nothing', async () => {
  assert.match((await mail(settings())).says, /inbox/)
  const MAIL_FROM = 'Passerelle <account@example.com>'
  const server = await mailServer()
  assert.deepEqual(await mail(settings({ SMTP_URL: `smtp://${server}`, MAIL_FROM })), {
    about: 'mail',
    ok: true,
    says: `the mail server takes letters from ${MAIL_FROM}`,
  })
  assert.equal((await mail(settings({ SMTP_URL: `smtp://${server}` }))).todo, 'Set MAIL_FROM.')
  const closed = await mail(settings({ SMTP_URL: `smtp://u:secret@127.0.0.1:${await freePort()}` }))
  assert.equal(closed.ok, false)
  assert.match(closed.says, /ECONNREFUSED/)
  const strict = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('no such user')),
  })
  const refused = await mail(settings({ SMTP_URL: `smtp://u:secret@${strict}` }))
  assert.equal(refused.ok, false)
  assert.match(refused.says, /no such user/)
  assert.doesNotMatch(JSON.stringify([closed, refused]), /secret/)
})

test('how texts and calls go out is said, without the login; nobody is asked', () => {
  assert.match(texts(settings()).says, /^to any number go to the development inbox/)
  assert.match(texts(settings({ PASSERELLE_PHONE_COUNTRIES: 'CA US' })).says, /^to numbers of CA, US go to the devel/)
  const production = { PASSERELLE_URL: 'https://account.example.com', SMTP_URL: 'smtp://mail.example.com' }
  assert.match(texts(settings(production)).says, /SMS_URL is not set/)
  const SMS_URL = 'twilio://AC1:secret@api.example?from=+15145550100'
  const nowhere = texts(settings({ ...production, SMS_URL }))
  assert.deepEqual([nowhere.ok, nowhere.todo], [false, 'Name the countries in PASSERELLE_PHONE_COUNTRIES.'])
  const somewhere = texts(settings({ ...production, SMS_URL, PASSERELLE_PHONE_COUNTRIES: 'CA' }))
  assert.deepEqual(somewhere, {
    about: 'texts',
    ok: true,
    says: "to numbers of CA go out by Twilio's API at api.example, as do calls",
  })
  assert.doesNotMatch(JSON.stringify([nowhere, somewhere]), /secret|AC1|0100/)
  assert.throws(() => texts(settings({ SMS_URL: 'twilio://AC1:secret@api.example' })), WrongSetting)
})

test('a wrong setting is told with all the others; secrets are hidden', async () => {
  const secret = 'a secret of thirty-two characters or more'
  const { code, stdout, stderr } = await passerelle(['doctor'], { PASSERELLE_ADMIN_TOKEN: secret, PORT: 'x' })
  assert.deepEqual([code, stderr], [1, []])
  assert.match(stdout, /^look at this +settings +PORT must be a whole number from 0 to 65535\./m)
  assert.match(stdout, /^PORT +x +environment$/m)
  assert.match(stdout, /^PASSERELLE_ADMIN_TOKEN +\(hidden\) +environment$/m)
  assert.match(stdout, /^SMTP_URL +- +default$/m)
  assert.doesNotMatch(stdout, new RegExp(secret))
  const unknown = await passerelle(['doctor'], { PASSERELLE_COLOUR: 'red' })
  assert.match((await passerelle(['doctor'])).stdout, /^PASSERELLE_MODE +development +default$/m)
  assert.match(unknown.stdout, /^look at this +settings +PASSERELLE_COLOUR is not a setting/m)
  const away = await passerelle(['doctor'], {
    DATABASE_URL: `postgres://u:secret@127.0.0.1:${await freePort()}/x`,
    PASSERELLE_SECRET: secret,
  })
  assert.equal(away.code, 1)
  assert.match(away.stdout, /^look at this +database +PostgreSQL at 127\.0\.0\.1:\d+, database x cannot be used/m)
})
