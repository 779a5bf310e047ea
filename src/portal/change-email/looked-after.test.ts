/** F5: where the operator looks after addresses, the page says whom to ask. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ProductId } from '../../core/model/product/product.ts'
import { noteUse } from '../../core/model/product/store.ts'
import type { Browser } from '../../testing/browser.ts'
import { ask } from '../../testing/operator.ts'
import { somebody } from '../../testing/people.ts'
import { type TestService, testProduct, testService } from '../../testing/world.ts'

const NEW = 'marie.tremblay@exemple.ca'

async function person(environment: Record<string, string> = {}) {
  const service = await testService(environment)
  const browser = await somebody(service)
  const { id } = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
  return { service, browser, id }
}

async function mayChange(service: TestService, browser: Browser): Promise<void> {
  await browser.open('/account/email')
  await browser.send({ email: NEW }, { button: 'Continue' })
  await service.post()
  assert.equal(service.box.newest(NEW).template, 'email-change-code')
}

suite('F5: where the operator looks after addresses, the page says whom to ask', () => {
  const isFixed = async (service: TestService, browser: Browser) => {
    const { account, csrf } = { account: await browser.open('/account/email'), csrf: browser.page.html }
    assert.match(account.html, /cannot be changed here/)
    assert.doesNotMatch(account.html, /New email address/)
    const proof = / name="csrf" value="([^"]*)"/.exec(csrf)?.[1] ?? ''
    const body = new URLSearchParams({ csrf: proof, here: '/account/email', email: NEW })
    const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
    await browser.request('/account/email', { method: 'POST', body, headers })
    await service.post()
    assert.ok(!service.box.letters.some(({ to }) => to === NEW), 'nothing is sent')
  }

  test('for everybody, by a setting', async () => {
    const { service, browser } = await person({ PASSERELLE_EMAIL_CHANGE: 'no', PASSERELLE_SUPPORT: 'aide@exemple.ca' })
    await isFixed(service, browser)
    assert.match(browser.page.html, /mailto:aide@exemple\.ca/)
  })

  test('for one account', async () => {
    const { service, browser, id } = await person()
    await ask(service, 'POST', `/api/v1/accounts/${id}/fix-email`)
    await isFixed(service, browser)
    await ask(service, 'POST', `/api/v1/accounts/${id}/free-email`)
    await mayChange(service, browser)
  })

  test('for the people of a product of ours that looks after them, not of somebody else’s product', async () => {
    const { service, browser, id } = await person()
    await testProduct(service, 'school', { managesAddresses: true })
    await testProduct(service, 'foreign', { managesAddresses: true, thirdParty: true })
    const use = (product: string) => noteUse(service.db, id, product as ProductId, service.clock.now())
    await use('foreign')
    await mayChange(service, browser)
    service.box.letters.length = 0
    await use('school')
    await isFixed(service, browser)
  })
})
