/** What must hold where two operations on one account meet. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { resetPassword } from '../new-password/rules.ts'
import { signIn } from './rules.ts'

const NEW = 'onze girafes patientes'
const actor = { ...visitor, network: '127.0.0.1', userAgent: 'a browser', browser: 'its mark' }
const email = 'marie@exemple.ca'

/** A service where somebody has an account and has the link that resets its password. */
async function aboutToReset(): Promise<{ service: TestService; reset(): Promise<unknown> }> {
  const service = await testService()
  await somebody(service, email)
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  const link = new URL(service.box.newest(email).link ?? '').searchParams.get('link') ?? ''
  const reset = async () => {
    const outcome = await resetPassword(service, { link, password: NEW, again: NEW, actor })
    assert.ok(outcome.ok)
  }
  return { service, reset }
}

/** Signs in, and lets something happen when the password has just been compared. */
function signInAround(
  { hashing, ...service }: TestService,
  password: string,
  meanwhile: () => Promise<unknown>,
  stale = false,
) {
  const slow = {
    ...hashing,
    async check(...about: Parameters<typeof hashing.check>) {
      const checked = await hashing.check(...about)
      await meanwhile()
      return { ...checked, stale: checked.stale || stale }
    },
  }
  const attempt = {
    email,
    password,
    actor,
    browser: '',
    journey: undefined,
    to: undefined,
    former: undefined,
    proof: { challenge: '', proof: '' },
  }
  return signIn({ ...service, hashing: slow }, attempt)
}

suite('C4: an old password does not outlive a reset', () => {
  for (const stale of [false, true])
    test(`that comes while it is compared (${stale ? 'a hash to be renewed' : 'a hash of today'})`, async () => {
      const { service, reset } = await aboutToReset()
      const outcome = await signInAround(service, PASSWORD, reset, stale)
      assert.equal(!outcome.ok && outcome.reason, 'not-recognised')
      assert.deepEqual(await service.db.selectFrom('sessions').select('uid').execute(), [])
      assert.equal((await signInAround(service, PASSWORD, async () => {})).ok, false)
      assert.equal((await signInAround(service, NEW, async () => {})).ok, true)
    })

  test('however they meet', async () => {
    const { service, reset } = await aboutToReset()
    const tries = Array.from({ length: 8 }, () => signInAround(service, PASSWORD, async () => {}))
    await Promise.all([...tries, reset()])
    assert.deepEqual(await service.db.selectFrom('sessions').select('uid').execute(), [])
  })
})
