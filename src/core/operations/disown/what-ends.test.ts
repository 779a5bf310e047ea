/** K4: what "It was not me" ends, each by itself: by whom, by which letter and in what order is in e2e/guards/taken-back. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes } from '../../../platform/clock.ts'
import { setUpApp } from '../../../testing/apps.ts'
import type { Browser } from '../../../testing/browser.ts'
import { PASSWORD, somebody } from '../../../testing/people.ts'
import { type TestService, testService } from '../../../testing/world.ts'

const OWNER = 'owner@exemple.ca'
const THIEF = 'thief@exemple.ca'

/** The newest link of that path that a mailbox was sent. */
function linkTo({ box }: TestService, to: string, path: string): string {
  const letters = box.letters.filter((letter) => letter.to === to).reverse()
  const link = letters.map(({ text }) => new RegExp(`\\S+${path}\\?\\S*link=[\\w-]+`).exec(text)?.[0]).find(Boolean)
  assert.ok(link, `${to} was sent a link to ${path}`)
  return link
}

/** Presses the one button of a link, and answers the browser that did. */
async function press(service: TestService, link: string): Promise<Browser> {
  const browser = service.browser()
  await browser.open(link)
  const button = ['Undo the change', 'It was not me'].find((label) => browser.page.html.includes(`>${label}</button>`))
  await browser.send({}, { button: button ?? '' })
  await service.post()
  return browser
}

/** Has a notice sent to the mailbox of whoever is signed in. */
async function isToldSomething(service: TestService, browser: Browser): Promise<void> {
  await browser.open('/account/privacy')
  await browser.send({}, { button: 'Download my data' })
  await service.post()
}

async function moves(service: TestService, browser: Browser, to: string): Promise<void> {
  service.clock.advance(minutes(1))
  await browser.open('/account/email')
  await browser.send({ email: to }, { button: 'Continue' })
  await service.post()
  await browser.send({ code: service.box.newest(to).code ?? '' }, { button: 'Verify email' })
  await service.post()
}

const only = async ({ db }: TestService) => db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow()

suite('"It was not me" ends', () => {
  test('browsers that the account knew, and a change of address that waits for its code', async () => {
    const service = await testService()
    const browser = await somebody(service, OWNER)
    await isToldSomething(service, browser)
    await browser.open('/account/email')
    await browser.send({ email: THIEF }, { button: 'Continue' })
    const rows = async () => [
      (await service.db.selectFrom('known_browsers').select('browser_mark').execute()).length,
      (await service.db.selectFrom('email_changes').select('email').execute()).length,
    ]
    assert.deepEqual(await rows(), [1, 1])
    await press(service, linkTo(service, OWNER, '/not-me'))
    assert.deepEqual(await rows(), [0, 0])
  })

  test('the link to choose a password that another mailbox of the account got', async () => {
    const service = await testService()
    const thief = await somebody(service, OWNER)
    await moves(service, thief, THIEF)
    await press(service, linkTo(service, THIEF, '/not-me'))
    const ofThief = linkTo(service, THIEF, '/reset')
    assert.equal((await service.browser().open(ofThief)).status, 200)
    await press(service, linkTo(service, OWNER, '/undo'))
    assert.equal((await only(service)).email, OWNER)
    assert.equal((await service.browser().open(ofThief)).status, 410)
  })

  test('recovery codes that were made lately: those of before work again', async () => {
    const service = await testService()
    const browser = await somebody(service, OWNER)
    const { recoveryCodes } = await setUpApp(browser, service.clock)
    const marks = async () =>
      (await service.db.selectFrom('recovery_codes').select('code_mark').orderBy('code_mark').execute()).map(
        ({ code_mark }) => code_mark,
      )
    const before = await marks()
    assert.equal(before.length, recoveryCodes.length)
    service.clock.advance(days(8))
    await browser.open('/sign-in')
    await browser.send({ email: OWNER, password: PASSWORD })
    await browser.send({ code: recoveryCodes[0] ?? '' })
    await browser.open('/account/factors/codes/new')
    await browser.send({}, { button: 'I have saved them' })
    await service.post()
    assert.notDeepEqual(await marks(), before)
    await press(service, linkTo(service, OWNER, '/not-me'))
    const left = await marks()
    assert.equal(left.length, before.length - 1, 'but for the one that was used')
    assert.ok(left.every((mark) => before.includes(mark)))
  })

  test('recovery codes that were made lately where there were none', async () => {
    const service = await testService()
    const thief = await somebody(service, OWNER)
    await setUpApp(thief, service.clock)
    await service.post()
    await press(service, linkTo(service, OWNER, '/not-me'))
    for (const table of ['factors', 'recovery_codes'] as const)
      assert.deepEqual(await service.db.selectFrom(table).select('made_at').execute(), [], table)
  })

  test('what a letter of before says of the mailbox of now: it is for its own', async () => {
    const service = await testService()
    const thief = await somebody(service, OWNER)
    await isToldSomething(service, thief)
    const ofOwner = linkTo(service, OWNER, '/not-me')
    await moves(service, thief, THIEF)
    await press(service, ofOwner)
    assert.equal((await only(service)).email, OWNER)
  })
})
