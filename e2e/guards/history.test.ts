/** X13: a row of the history is a change of state. Whoever presses, types or asks in vain writes no row for each time. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../src/platform/clock.ts'
import { type Browser, makeBrowser } from '../../src/testing/browser.ts'
import { PASSWORD, somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const EMAIL = 'marie@exemple.ca'
const service = await testService({
  PASSERELLE_TRUSTED_PROXIES: '127.0.0.1',
  PASSERELLE_NETWORK_TRIES: '100000',
  PASSERELLE_NETWORK_REQUESTS: '100000',
})
const owner = await somebody(service, EMAIL)

const from = (address: string): Browser => makeBrowser(service.origin, service.base, { 'x-forwarded-for': address })
const rows = async (kind: string): Promise<number> =>
  (await service.db.selectFrom('history').select('kind').execute()).filter((row) => row.kind === kind).length

async function type(browser: Browser, email: string, password: string): Promise<void> {
  await browser.open('/sign-in')
  await browser.send({ email, password }, { follow: false })
}

/** As after the waits of many hours. */
const forgetWaits = () => service.db.deleteFrom('sign_in_guards').execute()

/** How many rows of a kind some work has written. */
async function written(kind: string, work: () => Promise<unknown>): Promise<number> {
  const before = await rows(kind)
  await work()
  return (await rows(kind)) - before
}

suite('X13: what changes nothing', () => {
  test('X13: 40 wrong passwords for an account are 12 rows, and Activity says 40', async () => {
    const stranger = from('192.0.2.7')
    const count = await written('sign-in-refused', async () => {
      for (let n = 0; n < 40; n++) {
        await forgetWaits()
        await type(stranger, EMAIL, `wrong ${n}`)
      }
    })
    assert.equal(count, 12)
    assert.match((await owner.open('/account/activity')).html, />At least 40 refused sign-ins</)
  })

  test('X13: 60 addresses that nobody has, from one network, are 12 rows', async () => {
    const stranger = from('192.0.2.8')
    const count = await written('sign-in-refused', async () => {
      for (let n = 0; n < 60; n++) await type(stranger, `nobody${n}@exemple.ca`, 'wrong')
    })
    assert.equal(count, 12)
  })

  test('X13: 25 right passwords that nobody confirms are 11 rows', async () => {
    await forgetWaits()
    const count = await written('sign-in-doubted', async () => {
      for (let n = 0; n < 25; n++) await type(from('198.51.100.9'), EMAIL, PASSWORD)
    })
    assert.equal(count, 11)
  })

  test('X13: the link that lifts a block, pressed ten times, is one row', async () => {
    const stranger = from('192.0.2.10')
    await forgetWaits()
    for (let n = 0; n < 10; n++) {
      service.clock.advance(minutes(20))
      await type(stranger, EMAIL, `wrong ${n}`)
    }
    await service.post()
    const link = service.box.letters.findLast(({ template }) => template === 'account-blocked')?.link ?? ''
    const count = await written('account-unblocked', async () => {
      for (let n = 0; n < 10; n++) {
        const browser = service.browser()
        await browser.open(link)
        await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
      }
    })
    assert.equal(count, 1)
  })

  test('X13: the same new address, asked for five times, is one row; 25 downloads are 11', async () => {
    const nadia = await somebody(service, 'nadia@exemple.ca')
    const asked = await written('email-change-asked', async () => {
      for (let n = 0; n < 5; n++) {
        await nadia.open('/account/email')
        await nadia.send({ email: 'nadia.t@exemple.ca' })
      }
    })
    assert.equal(asked, 1)
    const downloaded = await written('data-exported', async () => {
      for (let n = 0; n < 25; n++) {
        await nadia.open('/account/privacy')
        await nadia.send({}, { button: 'Download my data' })
      }
    })
    assert.equal(downloaded, 11)
  })

  test('X13: signed out by two tabs at once, it is one row', async () => {
    const paul = await somebody(service, 'paul@exemple.ca')
    await paul.open('/account')
    const count = await written('signed-out', () =>
      Promise.all(Array.from({ length: 2 }, () => paul.send({}, { button: 'Sign out', follow: false }))),
    )
    assert.equal(count, 1)
  })
})
