/**
 * Mail scanners open every link of a letter, and some press what they find. They gain nothing by it, and the owner of the
 * mailbox can do all the same afterwards what the link is for.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { seconds } from '../../src/platform/clock.ts'
import { type Browser, formsOf } from '../../src/testing/browser.ts'
import { PASSWORD, somebody } from '../../src/testing/people.ts'
import { type TestService, testService } from '../../src/testing/world.ts'

const EMAIL = 'marie@exemple.ca'
const NEW_EMAIL = 'marie.tremblay@exemple.ca'
const CHANGED_PASSWORD = 'sept tortues pensives'
const NEW_PASSWORD = 'onze girafes patientes'

/** Has a letter sent. @returns its link, and the browser of the person, who has an account but for the sign-up */
type Begin = (service: TestService) => Promise<{ link: string; browser: Browser }>
/** Does what the link is for. @throws where that does not work */
type Finish = (service: TestService, browser: Browser, link: string) => Promise<void>

const linkTo = (service: TestService, email: string): string => {
  const { link, text } = service.box.newest(email)
  return link ?? /http:\S+\/not-me\?link=[\w-]+/.exec(text)?.[0] ?? ''
}
async function signIn(browser: Browser, email: string, password = PASSWORD): Promise<boolean> {
  await browser.open('/sign-in')
  return (await browser.send({ email, password })).at === '/account'
}
/** The scanner was first to say "It was not me": the owner has the link mailed. */
async function choosesByMail(browser: Browser, service: TestService): Promise<void> {
  assert.equal(browser.page.at, '/not-me/mailed')
  await service.post()
  const { template, link } = service.box.newest(EMAIL)
  assert.equal(template, 'account-secured')
  await browser.open(link ?? '')
  await choosesPassword(browser)
}
async function choosesPassword(browser: Browser): Promise<void> {
  assert.match(browser.page.at, /^\/reset\?link=/)
  await browser.send({ 'new-password': NEW_PASSWORD, 'confirm-password': NEW_PASSWORD })
  assert.ok(await signIn(browser, EMAIL, NEW_PASSWORD))
}
/** The link, with the button that is pressed, and what is ticked. */
const pressing =
  (
    button: string,
    then: (browser: Browser, service: TestService) => Promise<unknown>,
    ticked: Record<string, string> = {},
  ): Finish =>
  async (service, browser, link) => {
    await browser.open(link)
    await browser.send(ticked, { button })
    await then(browser, service)
  }
async function changeEmail(service: TestService): Promise<Browser> {
  const browser = await somebody(service, EMAIL)
  await browser.open('/account/email')
  await browser.send({ email: NEW_EMAIL }, { button: 'Continue' })
  await service.post()
  return browser
}
async function changePassword(browser: Browser): Promise<void> {
  await browser.open('/account/password')
  const fields = {
    'current-password': PASSWORD,
    'new-password': CHANGED_PASSWORD,
    'confirm-password': CHANGED_PASSWORD,
  }
  await browser.send(fields, { button: 'Change the password' })
}

const links: Record<string, { begin: Begin; finish: Finish }> = {
  'verifying a new account': {
    async begin(service) {
      const browser = service.browser()
      await browser.open('/sign-up')
      await browser.send({ email: EMAIL, 'first-name': 'M', 'last-name': 'T', password: PASSWORD })
      await service.post()
      return { link: linkTo(service, EMAIL), browser }
    },
    finish: pressing('Confirm', async (browser) => assert.equal(browser.page.at, '/account')),
  },
  'a new password': {
    async begin(service) {
      await somebody(service, EMAIL)
      const browser = service.browser()
      await browser.open('/forgot')
      await browser.send({ email: EMAIL })
      await service.post()
      return { link: linkTo(service, EMAIL), browser }
    },
    async finish(_service, browser, link) {
      await browser.open(link)
      await choosesPassword(browser)
    },
  },
  '"It was not me" of a notice': {
    async begin(service) {
      const browser = await somebody(service, EMAIL)
      await changePassword(browser)
      await service.post()
      assert.equal(service.box.newest(EMAIL).template, 'password-changed')
      return { link: linkTo(service, EMAIL), browser }
    },
    finish: pressing('It was not me', choosesByMail),
  },
  'verifying a new address': {
    async begin(service) {
      const browser = await changeEmail(service)
      return { link: linkTo(service, NEW_EMAIL), browser }
    },
    finish: pressing('Confirm', async (browser) => assert.ok(await signIn(browser, NEW_EMAIL))),
  },
  'undoing a change of address': {
    async begin(service) {
      const browser = await changeEmail(service)
      await browser.send({ code: service.box.newest(NEW_EMAIL).code ?? '' }, { button: 'Verify email' })
      await service.post()
      return { link: linkTo(service, EMAIL), browser }
    },
    finish: pressing('Undo the change', choosesByMail),
  },
  'lifting a block': {
    async begin(service) {
      await somebody(service, EMAIL)
      for (let n = 1; n <= 10; n++) {
        await signIn(service.browser(), EMAIL, 'not the password')
        service.clock.advance(seconds(30 * 2 ** n))
      }
      await service.post()
      assert.equal(service.box.newest(EMAIL).template, 'account-blocked')
      return { link: linkTo(service, EMAIL), browser: service.browser() }
    },
    finish: pressing('It was me, unblock', async (browser) => assert.ok(await signIn(browser, EMAIL)), {
      'was-me': 'yes',
    }),
  },
}

/** Opens the link, and presses every button there is, and every button of where that leads. */
async function scan(scanner: Browser, link: string): Promise<void> {
  for (const method of ['HEAD', 'GET', 'GET']) await scanner.request(link, { method })
  const press = async ({ action, hidden }: { action: string; hidden: Record<string, string> }) => {
    const headers = { 'sec-fetch-site': 'same-origin' }
    const { headers: answered } = await scanner.request(action, {
      method: 'POST',
      body: new URLSearchParams(hidden),
      headers,
    })
    return answered.get('location')
  }
  for (const form of formsOf((await scanner.open(link)).html)) {
    const next = await press(form)
    if (next?.startsWith('/')) for (const further of formsOf((await scanner.open(next)).html)) await press(further)
  }
}

suite('Z2: mail scanners', () => {
  for (const [what, { begin, finish }] of Object.entries(links))
    test(`${what}: opened and pressed by a scanner, the link is as good to its owner`, async () => {
      const service = await testService({ PASSERELLE_LETTERS_MINUTE: '20', PASSERELLE_LETTERS_HOUR: '50' })
      const { link, browser } = await begin(service)
      assert.notEqual(link, '')
      const scanner = service.browser()
      await scan(scanner, link)
      assert.match((await scanner.open('/account')).at, /^\/sign-in/, 'the scanner is signed in nowhere')
      await finish(service, browser, link)
    })
})
