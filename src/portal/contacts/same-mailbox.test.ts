/** E4: a back-up address is in another mailbox than the account's, and than one that is there. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { emailKey, parseEmail } from '../../core/model/account/email.ts'
import { setUpApp } from '../../testing/apps.ts'
import { BACK_UP, MOBILE, setUpContact } from '../../testing/contacts.ts'
import { somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

async function signedIn() {
  const service = await testService()
  const browser = await somebody(service)
  const factors = () => service.db.selectFrom('factors').select(['kind', 'contact']).execute()
  return { service, browser, factors }
}

suite('a back-up address', () => {
  test('E4: is not the mailbox of the account, nor one that is there, by another spelling', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpApp(browser, service.clock)
    const refusedAs = async (typed: string) => {
      await browser.open('/account/factors/back-up')
      await browser.send({ email: typed }, { button: 'Send the code' })
      return browser.page.status === 422 ? browser.page.html : ''
    }
    assert.match(
      await refusedAs('marie+back-up@exemple.ca'),
      /address of your account.*value="marie\+back-up@exemple.ca"/s,
    )
    await setUpContact(service, browser, 'back-up', BACK_UP)
    assert.match(await refusedAs(BACK_UP.replace('@', '+2@')), /already/)
    assert.equal((await factors()).length, 2)
  })

  test('E4: nor is it set up, or said to open anything, once the account has moved to its mailbox', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpContact(service, browser, 'text', MOBILE)
    await setUpContact(service, browser, 'back-up', BACK_UP)
    await browser.open('/account/factors/back-up')
    await browser.send({ email: 'jean@autre.example' }, { button: 'Send the code' })
    const { at } = browser.page
    const moveTo = async (address: string) => {
      const parsed = parseEmail(address)
      assert.ok(parsed.ok)
      await service.db
        .updateTable('accounts')
        .set({ email: parsed.email, email_key: emailKey(parsed.email) })
        .execute()
    }
    await moveTo('jean+a@autre.example')
    assert.equal((await browser.open(at)).at, '/account/factors')
    assert.equal((await factors()).length, 2)
    await moveTo(BACK_UP.replace('@', '+a@'))
    assert.doesNotMatch((await browser.open('/account/factors/without-phone')).html, /ailleurs\.example<\/li>/)
    assert.match((await browser.open('/account')).html, /no back-up way yet/)
  })
})
