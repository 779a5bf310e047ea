/** What a browser says of itself is a stranger's text, in the file with a person's data too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

test('X6: whatever a browser calls itself, the file has a name of ours for it, or none', async () => {
  const service = await testService()
  await somebody(service)
  const agents = ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'call +1 555 0100/9 x']
  for (const agent of agents) {
    const browser = makeBrowser(service.origin, service.base, { 'user-agent': agent })
    await browser.open('/sign-in')
    await browser.send({ email: 'marie@exemple.ca', password: 'not the password' })
    await browser.open('/sign-in')
    await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })
    assert.equal(browser.page.at, '/account')
    await browser.open('/account/privacy')
    const file = (await browser.send({}, { button: 'Download my data' })).html
    assert.doesNotMatch(file, /0100/)
    const { activity, sessions, browsers } = JSON.parse(file)
    for (const list of [activity, sessions, browsers])
      assert.ok(list.some((one: object) => 'browser' in one && one.browser === 'Firefox' && 'system' in one))
  }
})
