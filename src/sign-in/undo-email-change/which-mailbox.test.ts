/** F4, K4: of the mailboxes that an account had, the one that had it first has the last word, and each has its word once. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes } from '../../platform/clock.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const OWNER = 'owner@exemple.ca'
const [FIRST, SECOND] = ['first@thief.example', 'second@thief.example'] as const
const FRESH = 'onze girafes patientes'

const serviceWithLetters = () => testService({ PASSERELLE_LETTERS_MINUTE: '20', PASSERELLE_LETTERS_HOUR: '50' })

/** Changes the address of whoever is signed in, by somebody who reads the new mailbox, and signs in again. */
async function change(service: TestService, browser: Browser, to: string): Promise<void> {
  service.clock.advance(minutes(1))
  await browser.open('/account/email')
  await browser.send({ email: to }, { button: 'Continue' })
  await service.post()
  await browser.send({ code: service.box.newest(to).code ?? '' }, { button: 'Verify email' })
  assert.equal(browser.page.at, '/sign-in?done=email-changed')
  await browser.send({ email: to, password: PASSWORD })
  await service.post()
}

/** The newest link of that path that a mailbox was sent. */
function linkTo({ box }: TestService, to: string, path: '/undo' | '/not-me' | '/reset'): string {
  const letters = box.letters.filter((letter) => letter.to === to).reverse()
  const links = letters.map(({ text }) => new RegExp(`\\S+${path}\\?\\S*link=[\\w-]+`).exec(text)?.[0])
  const link = links.find((found) => found !== undefined)
  assert.ok(link, `${to} was sent a link to ${path}`)
  return link
}

/** Opens the link and presses its button. */
async function press(service: TestService, link: string, browser = service.browser()): Promise<Browser> {
  await browser.open(link)
  const button = ['Undo the change', 'It was not me'].find((label) => browser.page.html.includes(`>${label}</button>`))
  if (button) await browser.send({}, { button })
  return browser
}

async function choose(browser: Browser, password = FRESH): Promise<void> {
  assert.match(browser.page.at, /^\/reset\?/)
  await browser.send({ 'new-password': password, 'confirm-password': password })
  assert.match(browser.page.at, /^\/sign-in\?.*done=reset/)
}

const addressNow = async ({ db }: TestService) =>
  (await db.selectFrom('accounts').select('email').executeTakeFirstOrThrow()).email

/** Nothing comes of a link: it is dead, and the account stays where it is. */
async function isDead(service: TestService, link: string): Promise<void> {
  const thief = await press(service, link)
  assert.equal(thief.page.status, 410, thief.page.at)
}

async function stolen(...addresses: readonly string[]) {
  const service = await serviceWithLetters()
  const thief = await somebody(service, OWNER)
  for (const address of addresses) await change(service, thief, address)
  return { service, thief }
}

suite('H1: what a mailbox can still undo', () => {
  test('a copied link to undo is dead once its owner has taken the account back', async () => {
    const { service } = await stolen(FIRST)
    const copied = linkTo(service, OWNER, '/undo')
    await choose(await press(service, copied))
    await isDead(service, copied)
  })

  test('and once somebody who reads the mailbox has chosen a password by any other link', async () => {
    const { service } = await stolen(FIRST)
    const copied = linkTo(service, OWNER, '/undo')
    await press(service, copied)
    service.clock.advance(days(1.1)) // its link was not used
    const owner = service.browser()
    await owner.open('/forgot')
    await owner.send({ email: OWNER })
    await service.post()
    await owner.open(linkTo(service, OWNER, '/reset'))
    await choose(owner)
    await isDead(service, copied)
  })

  test('an address that the account comes back to and leaves again keeps its seniority', async () => {
    const { service } = await stolen(FIRST, OWNER, SECOND)
    const [ofOwner, ofThief] = [linkTo(service, OWNER, '/undo'), linkTo(service, FIRST, '/undo')]
    await press(service, ofOwner)
    assert.equal(await addressNow(service), OWNER)
    await isDead(service, ofThief)
    assert.equal(await addressNow(service), OWNER)
  })

  test('and the mailbox of a thief, pressed first, takes nothing from it', async () => {
    const { service } = await stolen(FIRST, OWNER, SECOND)
    const [ofOwner, ofThief] = [linkTo(service, OWNER, '/undo'), linkTo(service, FIRST, '/undo')]
    await choose(await press(service, ofThief))
    await press(service, ofOwner)
    assert.equal(await addressNow(service), OWNER)
  })

  test('"It was not me" of the address that the account has again outranks the mailbox of a thief', async () => {
    const { service } = await stolen(FIRST, OWNER)
    const ofThief = linkTo(service, FIRST, '/undo')
    await press(service, linkTo(service, OWNER, '/not-me'))
    await isDead(service, ofThief)
    assert.equal(await addressNow(service), OWNER)
  })

  test('a change that the owner did not disown in time gives the thief no right over what they had before', async () => {
    const { service, thief } = await stolen(FIRST)
    const ofOwner = linkTo(service, OWNER, '/undo')
    service.clock.advance(days(6))
    await thief.open('/sign-in')
    await thief.send({ email: FIRST, password: PASSWORD })
    await change(service, thief, SECOND)
    await press(service, ofOwner)
    assert.equal(await addressNow(service), OWNER)
    await isDead(service, linkTo(service, FIRST, '/undo'))
  })

  test('who has had two accounts at an address is told how to undo the change of either', async () => {
    const { service } = await stolen(FIRST)
    const other = await somebody(service, OWNER) // by somebody who read the mailbox for a minute
    await change(service, other, SECOND)
    const before = service.box.letters.length
    const owner = service.browser()
    await owner.open('/forgot')
    await owner.send({ email: OWNER })
    await service.post()
    const links = service.box.letters.slice(before).map(({ text }) => /\S+\/undo\?\S+/.exec(text)?.[0])
    assert.equal(links.length, 2)
    for (const link of links.slice(0, 1)) await press(service, link ?? '')
    assert.deepEqual(
      (await service.db.selectFrom('accounts').select('email').orderBy('created_at').execute()).map(
        ({ email }) => email,
      ),
      [OWNER, SECOND],
    )
  })
})
