/** Z5: after a whole life of an account nothing secret stands in the log or the database. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { dumpOf } from '../../src/testing/dump.ts'
import { PASSWORD, productRequest, somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const lines: string[] = []
const service = await testService({}, pino({}, { write: (line: string) => void lines.push(line) }))
service.app.start()

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
    })
    assert.ok(
      Object.values(secrets).every((secret) => secret.length >= 5),
      JSON.stringify(Object.keys(secrets)),
    )
    const log = lines.join('\n')
    assert.ok(lines.length > 20, 'there is a log')
    const stored = await dumpOf(service.db)
    for (const [what, secret] of Object.entries(secrets)) {
      // Six digits stand by chance in some number of a log.
      if (what !== 'code') assert.ok(!log.includes(secret), `the ${what} stands in the log`)
      assert.ok(!stored.includes(secret), `the ${what} stands in the database`)
    }
    assert.ok(!log.includes('marie@exemple.ca'), 'no whole address in the log')
    assert.ok(!log.includes('in-an-address'))
  })
})
