/** X9: an application whose answer any program of the device may receive gets nothing without its person's seeing it. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../src/platform/clock.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, makePublicParty } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const redirects = ['com.example.app:/cb', 'http://127.0.0.1/cb', 'http://[::1]/cb', 'https://app.example/cb']
const app = await makePublicParty(service, 'app', { native: true, redirectUris: redirects })

/** A browser in which Maya signed in some time ago. */
async function mayas() {
  const browser = browserOf(service)
  await arrive(browser, ledger, maya)
  service.clock.advance(minutes(6))
  return browser
}
const UNCLAIMED = ['com.example.app:/cb', 'http://127.0.0.1:48123/cb', 'http://[::1]:48123/cb']

suite('X9: native applications (RFC 8252, section 8.6)', () => {
  for (const redirect_uri of UNCLAIMED) {
    test(`${redirect_uri}: a page names the application and the account, each time`, async () => {
      const browser = await mayas()
      for (let n = 0; n < 2; n++) {
        const asked = await app.ask({ redirect_uri })
        await browser.open(asked.url.href)
        assert.match(browser.page.at, /^\/choose-account/)
        assert.match(browser.page.html, /<h1[^>]*>Continue to [^<]+\?<\/h1>/)
        assert.ok(browser.page.html.includes(maya.email))
        assert.ok(answerOf(await browser.send({})).code)
      }
    })

    test(`${redirect_uri}: not in silence, and not once more after signing in for it`, async () => {
      const browser = await mayas()
      const silent = await app.ask({ redirect_uri, prompt: 'none' })
      assert.equal(answerOf(await browser.open(silent.url.href)).error, 'interaction_required')
      const nobody = browserOf(service)
      const none = await app.ask({ redirect_uri, prompt: 'none' })
      assert.equal(answerOf(await nobody.open(none.url.href)).error, 'login_required')
      await nobody.open((await app.ask({ redirect_uri })).url.href)
      assert.ok(answerOf(await signIn(nobody, maya)).code)
    })
  }

  test('an https address belongs to one application, which sees no page', async () => {
    const asked = await app.ask({ redirect_uri: 'https://app.example/cb' })
    assert.ok(answerOf(await (await mayas()).open(asked.url.href)).code)
  })
})
