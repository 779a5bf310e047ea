/** Z5: after a whole life of an account nothing secret stands in the log or the database. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { setUpApp } from '../../src/testing/apps.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { MOBILE, setUpContact } from '../../src/testing/contacts.ts'
import { dumpOf } from '../../src/testing/dump.ts'
import { PASSWORD, productRequest, somebody } from '../../src/testing/people.ts'
import { testProduct, testService } from '../../src/testing/world.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

const lines: string[] = []
const service = await testService({}, pino({}, { write: (line: string) => void lines.push(line) }))
service.app.start()

/** Looks for secrets in all that was logged and all that is stored. */
async function nowhere(secrets: Record<string, string>): Promise<void> {
  const [log, stored] = [lines.join('\n'), await dumpOf(service.db)]
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(secret.length >= 5, `${what} is known`)
    // Six digits stand by chance in some number of a log.
    if (what !== 'code') assert.ok(!log.includes(secret), `the ${what} stands in the log`)
    assert.ok(!stored.includes(secret), `the ${what} stands in the database`)
  }
}

suite('what must not be written down', () => {
  test('a whole life of an account', async () => {
    const secrets: Record<string, string> = { password: PASSWORD, 'second password': 'quatre mots de plus' }
    const marie = await somebody(service)
    const signUp = service.box.newest('marie@exemple.ca')
    const request = await productRequest(service)
    const arrived = await marie.open(request)
    const ada = service.browser()
    await ada.open(request)
    await ada.send({ email: 'marie@exemple.ca', password: 'a wrong password entirely' })
    await ada.open('/forgot')
    await ada.send({ email: 'marie@exemple.ca' })
    await service.post()
    const reset = service.box.newest('marie@exemple.ca')
    await ada.open(reset.link ?? '')
    await ada.send({ 'new-password': 'quatre mots de plus', 'confirm-password': 'quatre mots de plus' })
    await service.post()
    await ada.send({ email: 'marie@exemple.ca', password: 'quatre mots de plus' })
    await ada.open('/account')
    await ada.request('/nowhere?password=in-an-address')
    const { app, recoveryCodes } = await setUpApp(ada, service.clock)
    const [recovery = ''] = recoveryCodes
    await setUpContact(service, ada, 'text', MOBILE)
    const queryOf = (address: string | null, name: string) =>
      new URL(address ?? '', service.origin).searchParams.get(name) ?? ''
    Object.assign(secrets, {
      'wrong password': 'a wrong password entirely',
      code: signUp.code ?? '',
      link: queryOf(signUp.link, 'link'),
      'reset link': queryOf(reset.link, 'link'),
      'authorization code': queryOf(arrived.at, 'code'),
      session: ada.cookies.get('passerelle-session') ?? '',
      'former session': marie.cookies.get('passerelle-session') ?? 'ended',
      browser: ada.cookies.get('passerelle-browser') ?? '',
      'admin token': service.adminToken,
      'key of the app': app.key,
      'recovery code': recovery,
      'recovery code without dashes': recovery.replaceAll('-', ''),
    })
    await nowhere(secrets)
    const log = lines.join('\n')
    assert.ok(lines.length > 20, 'there is a log')
    assert.ok(!log.includes('marie@exemple.ca'), 'no whole address in the log')
    assert.ok(!log.includes('in-an-address'))
    assert.ok(!log.includes(MOBILE), 'no whole number in the log')
  })
  test('a request that waits while its person signs in, and a device', async () => {
    await somebody(service, 'ada@exemple.ca')
    const credentials = { email: 'ada@exemple.ca', password: PASSWORD }
    const secrets: Record<string, string> = {}
    const note = (browser: Browser) => {
      const inFlight = [...browser.cookies].filter(([name]) => /interaction|resume/.test(name))
      assert.ok(inFlight.length >= 2)
      for (const [name, value] of inFlight) secrets[name] = value
    }
    const ada = service.browser()
    await ada.open(await productRequest(service, 'payroll'))
    note(ada)
    assert.match((await ada.send(credentials)).at, /^http:\/\/localhost:4000\/payroll\/callback\?code=/)

    await testProduct(service, 'scanner', { public: true, grants: [DEVICE] })
    const post = async (path: string, fields: Record<string, string>) => {
      const body = new URLSearchParams({ client_id: 'scanner', scope: 'openid', ...fields })
      const { html } = await ada.request(path, { method: 'POST', body })
      return JSON.parse(html)
    }
    const { device_code: device, user_code: code } = await post('/oidc/device-authorization', {})
    const other = service.browser()
    await other.open(`/device?user_code=${code}`)
    await other.send({})
    await other.send({}, { button: 'Connect' })
    note(other)
    assert.match((await other.send(credentials)).html, /The device is connected/)
    const { access_token: token } = await post('/oidc/token', { grant_type: DEVICE, device_code: device })
    await nowhere({ ...secrets, 'device code': device, 'code on the device': code, 'access token': token })
    for (const path of ['/oidc/authorize/…', '/device/…'])
      assert.ok(
        lines.some((line) => line.includes(`"path":"${path}"`)),
        `${path} is in the log`,
      )
  })
})
