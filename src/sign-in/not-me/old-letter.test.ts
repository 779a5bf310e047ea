/** K4, F4, D2: a letter that somebody has copied shows no link to choose a password once it is as old as a reset link gets. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Duration, hours, minutes } from '../../platform/clock.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const [OWNER, NEXT] = ['owner@exemple.ca', 'next@exemple.ca'] as const
const FRESH = 'onze girafes patientes'

/** Makes what a letter to the owner is about. */
const letters: Readonly<Record<'/not-me' | '/unblock' | '/undo', (service: TestService) => Promise<unknown>>> = {
  '/not-me': async (service) => {
    const browser = await somebody(service, OWNER)
    await browser.open('/account/password')
    const chosen = { 'new-password': FRESH, 'confirm-password': FRESH }
    await browser.send({ 'current-password': PASSWORD, ...chosen })
  },
  '/unblock': async (service) => {
    await somebody(service, OWNER)
    const browser = service.browser()
    for (let guess = 0; guess < 10; guess++) {
      await browser.open('/sign-in')
      await browser.send({ email: OWNER, password: `a wrong one ${guess}` })
      service.clock.advance(hours(2))
    }
  },
  '/undo': async (service) => {
    const browser = await somebody(service, OWNER)
    await browser.open('/account/email')
    await browser.send({ email: NEXT }, { button: 'Continue' })
    await service.post()
    await browser.send({ code: service.box.newest(NEXT).code ?? '' }, { button: 'Verify email' })
  },
}
const linkTo = (service: TestService, path: string): string => {
  const texts = service.box.letters.filter(({ to }) => to === OWNER).map(({ text }) => text)
  return (
    new RegExp(`\\S+${path}\\?\\S*link=[\\w-]+`).exec(texts.findLast((text) => text.includes(path)) ?? '')?.[0] ?? ''
  )
}
/** Presses the button of the letter from a browser of its own, so long after it was written. */
async function press(service: TestService, path: string, later: Duration) {
  await service.post()
  const link = linkTo(service, path)
  service.clock.advance(later)
  const browser = service.browser()
  await browser.open(link)
  const words = { who: 'was-not-me', 'was-not-me': 'yes' }
  await browser.send(path === '/unblock' ? words : {}, {
    button: path === '/undo' ? 'Undo the change' : 'It was not me',
  })
  return browser
}

suite('K4: a copied letter', () => {
  for (const [path, happens] of Object.entries(letters)) {
    test(`${path}: after an hour the link to choose a password is in the mailbox alone`, async () => {
      const service = await testService()
      await happens(service)
      const { page } = await press(service, path, minutes(61))
      assert.equal(page.at, '/not-me/mailed')
      assert.doesNotMatch(page.html, /link=/)
      await service.post()
      const mailed = service.box.newest(OWNER)
      assert.equal(mailed.template, 'account-secured')
      const owner = service.browser()
      await owner.open(mailed.link ?? '')
      await owner.send({ 'new-password': `${FRESH} encore`, 'confirm-password': `${FRESH} encore` })
      assert.match(owner.page.at, /done=reset/)
    })

    test(`${path}: within the hour it is on the page too`, async () => {
      const service = await testService()
      await happens(service)
      assert.match((await press(service, path, minutes(59))).page.at, /^\/reset\?link=/)
    })
  }

  test('asking by "Forgot your password?" brings a letter to undo that is a new one', async () => {
    const service = await testService()
    await letters['/undo'](service)
    service.clock.advance(hours(30))
    const owner = service.browser()
    await owner.open('/forgot')
    await owner.send({ email: OWNER })
    assert.match((await press(service, '/undo', minutes(59))).page.at, /^\/reset\?link=/)
  })
})
