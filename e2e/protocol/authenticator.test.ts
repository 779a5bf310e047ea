/** An authenticator app as others make it: oathtool. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { suite, test } from 'node:test'
import { codeOfStep, stepAt } from '../../src/core/model/factor/totp.ts'
import { seconds } from '../../src/platform/clock.ts'
import { setUpApp } from '../../src/testing/apps.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')

const codeOf = (key: string, at: Date): string => {
  const now = at.toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
  return spawnSync('oathtool', ['--totp', '--base32', '--now', now, key], { encoding: 'utf8' }).stdout.trim()
}

suite('a foreign authenticator (E2)', () => {
  test('signs in with the key that the page shows, at any time', async () => {
    const setUp = browserOf(service)
    await setUp.open('/sign-in')
    await signIn(setUp, maya)
    const { app } = await setUpApp(setUp, service.clock)
    for (let n = 0; n < 5; n++) {
      service.clock.advance(seconds(1_234_567))
      const browser = browserOf(service)
      await browser.open('/sign-in')
      await signIn(browser, maya)
      assert.equal((await browser.send({ code: codeOf(app.key, service.clock.now()) })).at, '/account')
    }
  })

  test('makes the same codes at 200 moments', async () => {
    const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
    for (let n = 1; n <= 200; n++) {
      const at = new Date(n * 9_876_543_210)
      assert.equal(codeOfStep(key, stepAt(at)), codeOf(key, at), at.toISOString())
    }
  })
})
