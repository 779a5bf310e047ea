/** K1: what is kept of a way to sign in that was removed is in the data of its person, as long as it is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days } from '../../platform/clock.ts'
import { MOBILE, setUpContact } from '../../testing/contacts.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

test('K1: a number is in the data as a way, and for a week after it was removed', async () => {
  const service = await testService()
  const browser = await somebody(service)
  await setUpContact(service, browser, 'text', MOBILE)
  const data = async () => {
    await browser.open('/account/privacy')
    return JSON.parse((await browser.send({}, { button: 'Download my data' })).html)
  }
  assert.equal((await data()).waysToSignIn[0].contact, MOBILE)
  await browser.open('/account/factors')
  await browser.send({}, { button: 'Remove' })
  assert.match(browser.page.at, /done=removed/)
  const { waysToSignIn, waysRemoved } = await data()
  assert.deepEqual(waysToSignIn, [])
  assert.equal(waysRemoved[0].contact, MOBILE)
  assert.match((await browser.open('/account/privacy/data')).html, /Text message, \(613\) 555-0142/)

  service.clock.advance(days(7))
  await browser.open('/sign-in')
  await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })
  assert.deepEqual((await data()).waysRemoved, [])
  assert.doesNotMatch((await browser.open('/account/privacy/data')).html, /555-0142/)
})
