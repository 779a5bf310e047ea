/** K4: "It was not me": what is shown to whom, and what pages say of letters. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import type { Browser } from '../../../testing/browser.ts'
import { somebody } from '../../../testing/people.ts'
import { visitor } from '../../../testing/visitor.ts'
import { type TestService, testService } from '../../../testing/world.ts'
import type { Email } from '../../model/account/email.ts'
import { findAccountByEmail } from '../../model/account/store.ts'
import { type Disowned, disown } from './disown.ts'

const EMAIL = 'marie@exemple.ca' as Email
const FRESH = 'onze girafes patientes'

/** An account of which its mailbox was told something; the link by which it says that it was not its owner. */
async function told(): Promise<{ service: TestService; link: string }> {
  const service = await testService()
  const browser = await somebody(service, EMAIL)
  await browser.open('/account/password')
  const chosen = { 'new-password': 'quatre mots bien neufs', 'confirm-password': 'quatre mots bien neufs' }
  await browser.send({ 'current-password': 'trois mots ici', ...chosen })
  await service.post()
  return { service, link: /\S+\/not-me\?\S+/.exec(service.box.newest(EMAIL).text)?.[0] ?? '' }
}

async function press(service: TestService, link: string, browser = service.browser()): Promise<Browser> {
  await browser.open(link)
  await browser.send({}, { button: 'It was not me' })
  await service.post()
  return browser
}

const securedLetters = ({ box }: TestService) => box.letters.filter(({ template }) => template === 'account-secured')

suite('"It was not me"', () => {
  test('a request that names no browser is shown no link, and is not taken for the one that came first', async () => {
    const { service } = await told()
    const account = await findAccountByEmail(service.db, EMAIL)
    assert.ok(account)
    const from = { ...visitor, network: '192.0.2.1', userAgent: '', browser: '' }
    for (const _ of ['first', 'second']) {
      const disowned: Disowned = await transact(service.db, (tx) =>
        disown(service, tx, { account: account.id, mailbox: EMAIL, actor: from, toldAt: service.clock.now() }),
      )
      assert.equal(disowned.link, undefined)
    }
  })

  test('where no further letter is sent, the page says so, and the one of before works', async () => {
    const { service, link } = await told()
    await press(service, link)
    for (let n = 1; n <= 2; n++) {
      const { page } = await press(service, link)
      assert.match(page.html, /We have sent a link/)
      assert.equal(securedLetters(service).length, n + 1)
    }
    const { page } = await press(service, link)
    assert.equal(page.at, '/not-me/mailed?next=mailed-earlier')
    assert.doesNotMatch(page.html, /We have sent a link/)
    assert.match(page.html, /it still works/)
    assert.equal(securedLetters(service).length, 3)
    for (const { link: mailed } of securedLetters(service))
      assert.equal((await service.browser().open(mailed ?? '')).status, 200)
  })

  test('a link that is shown is in the mailbox too: whoever has one has no other way to keep the owner from theirs', async () => {
    const { service, link } = await told()
    const quick = service.browser()
    for (let n = 0; n < 5; n++) await press(service, link, quick)
    assert.equal(quick.page.at, '/not-me/mailed?next=mailed-earlier')
    const open = await service.db.selectFrom('recoveries').select('id').execute()
    assert.equal(open.length, securedLetters(service).length)
  })

  test('a letter goes in any case where no link works any more', async () => {
    const { service, link } = await told()
    for (let n = 0; n < 4; n++) await press(service, link)
    const owner = service.browser()
    await owner.open(securedLetters(service).at(-1)?.link ?? '')
    await owner.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    await service.post()
    const again = /\S+\/not-me\?\S+/.exec(service.box.newest(EMAIL).text)?.[0] ?? ''
    await press(service, again)
    assert.equal(securedLetters(service).length, 4)
    service.clock.advance(hours(2))
    await press(service, again)
    assert.equal(securedLetters(service).length, 5)
  })
})
