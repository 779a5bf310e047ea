/** A service in which there is one of everything at the same moment: whatever can open something. */
import assert from 'node:assert/strict'
import * as oidc from 'openid-client'
import { draw } from '../../../src/core/model/one-time/one-time.ts'
import { purposes } from '../../../src/core/model/one-time/purposes.ts'
import { days, minutes, seconds } from '../../../src/platform/clock.ts'
import { transact } from '../../../src/platform/database/db.ts'
import { setUpApp } from '../../../src/testing/apps.ts'
import { askedOn, bring, makeAuthenticator } from '../../../src/testing/authenticator.ts'
import type { Browser } from '../../../src/testing/browser.ts'
import { LANDLINE, MOBILE, setUpContact } from '../../../src/testing/contacts.ts'
import { keyOf } from '../../../src/testing/crowd.ts'
import { PASSWORD, somebody } from '../../../src/testing/people.ts'
import type { TestService } from '../../../src/testing/world.ts'
import { arrive, browserOf, makeParty, makePublicParty, post, tokensFor } from '../../protocol/party.ts'
import { makePerson } from '../../protocol/person.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const LEA = 'lea@example.com'
const NOOR = 'noor@example.com'

const linkIn = (service: TestService, to: string, path: string): string => {
  const letter = service.box.letters.findLast((one) => one.to === to && one.text.includes(`${path}?link=`))
  return new RegExp(`${path}\\?link=([\\w-]+)`).exec(letter?.text ?? '')?.[1] ?? ''
}
const journeyOf = ({ page }: Browser): string => /jrn_[0-9a-f]{32}/.exec(page.at)?.[0] ?? ''

/** People with every way, and every link and code that a mailbox can hold. */
async function people(service: TestService) {
  const { clock, cookies } = service
  const owner = await somebody(service, LEA)
  const { app, recoveryCodes } = await setUpApp(owner, clock)
  await setUpContact(service, owner, 'text', MOBILE)
  await owner.open('/account/factors/voice')
  await owner.send({ number: LANDLINE }, { button: 'Send the code' }) // never typed
  const device = makeAuthenticator(service.origin)
  await owner.open('/account/factors/passkey')
  const made = await bring(owner, '/account/factors/passkey', askedOn(owner), device.create(askedOn(owner)))
  assert.equal(made.status, 303)
  const noor = await somebody(service, NOOR)
  await noor.open('/account/email')
  await noor.send({ email: `new-${NOOR}` })
  await service.post()
  await noor.send({ code: service.box.newest(`new-${NOOR}`).code ?? '' })
  clock.advance(minutes(1))
  const signIn = async (browser: Browser, way: 'app' | 'text' = 'app') => {
    await browser.open('/sign-in')
    await browser.send({ email: LEA, password: PASSWORD })
    const factor = await service.db.selectFrom('factors').select('id').where('kind', '=', way).executeTakeFirst()
    await browser.open(`/second-step?journey=${journeyOf(browser)}&way=${factor?.id}`)
    return browser
  }
  const remembered = await signIn(service.browser())
  await remembered.send({ code: app.code(), remember: 'yes' })
  assert.ok(remembered.cookies.has(cookies.session))
  clock.advance(seconds(30))
  const texted = await signIn(service.browser(), 'text')
  await texted.send({}, { button: 'Send the code' })
  const stuck = await signIn(service.browser())
  const secondStep = stuck.page.at
  await stuck.open(`/second-step/lost?journey=${journeyOf(stuck)}`)
  await stuck.send({ reach: 'elsewhere@example.com', words: 'lost' })
  await owner.open('/account/email')
  await owner.send({ email: `new-${LEA}` })
  const newcomer = service.browser()
  await newcomer.open('/sign-up')
  const typed = { email: 'newcomer@example.com', 'first-name': 'New', 'last-name': 'Comer', password: PASSWORD }
  await newcomer.send(typed)
  return { owner, remembered, stuck, secondStep, newcomer, app, recoveryCodes }
}

/** Requests of products under way, and what they were given. */
async function products(service: TestService) {
  const grants = ['authorization_code', 'refresh_token', DEVICE] as const
  const spa = await makePublicParty(service, 'spa', { grants: [...grants] })
  const api = { resources: ['https://api.example.com/'], scopes: ['read'] }
  const ledger = await makeParty(service, 'ledger', {
    ...api,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
  })
  const maya = await makePerson(service, 'maya@example.com')
  const browser = browserOf(service)
  const tokens = await tokensFor(browser, spa, maya)
  await tokensFor(browser, ledger, maya, { scope: 'openid offline_access', prompt: 'consent' })
  const { asked } = await arrive(browser, spa, maya)
  await post(service, '/oidc/par', Object.fromEntries(asked.url.searchParams))
  const device = await oidc.initiateDeviceAuthorization(spa.config, { scope: 'openid' })
  const waiting = await oidc.initiateDeviceAuthorization(spa.config, { scope: 'openid' })
  const atDevice = browserOf(service)
  await atDevice.open('/device')
  await atDevice.send({ user_code: device.user_code })
  await atDevice.send({}, { button: 'Connect' })
  const answered = browserOf(service)
  await answered.open((await spa.ask()).url.href)
  await answered.send({ email: maya.email, password: maya.password }, { button: 'Sign in', follow: false })
  const back = await answered.request(answered.page.headers.get('location') ?? '')
  const [, resume = ''] = /\/oidc\/authorize\/([^/?]+)$/.exec(back.headers.get('location') ?? '') ?? []
  assert.ok(resume, 'answered, and on the way back')
  return { spa, ledger, maya, browser, tokens, asked, waiting, answered, resume }
}

export async function everything(service: TestService) {
  const them = await people(service)
  const theirs = await products(service)
  const { maya } = theirs
  const forgetful = service.browser()
  await forgetful.open('/forgot')
  await forgetful.send({ email: maya.email })
  await service.post()
  const drawn = await transact(service.db, async (tx) => {
    const one = (purpose: 'unblock' | 'confirm' | 'mailbox', subject: string) =>
      draw(service, tx, { purpose, subject, lives: days(1), tries: 5 })
    const mailbox = service.keyring.mark(keyOf('newcomer@example.com'), 'letters')
    return {
      unblock: await one('unblock', maya.id),
      confirm: await one('confirm', journeyOf(them.newcomer)),
      mailbox: await one('mailbox', mailbox),
    }
  })
  const disowning = service.browser()
  await disowning.open(`/not-me?link=${linkIn(service, `new-${NOOR}`, '/not-me')}`)
  await disowning.send({}, { button: 'It was not me' })
  await forgetful.open('/forgot')
  await forgetful.send({ email: LEA }) // stays in the outbox
  const rows = await service.db.selectFrom('one_time_secrets').select('purpose').distinct().execute()
  const there: string[] = rows.map(({ purpose }) => purpose)
  for (const purpose of [...purposes, 'passkey']) assert.ok(there.includes(purpose), purpose)
  const links = {
    '/verify': linkIn(service, 'newcomer@example.com', '/verify'),
    '/reset': linkIn(service, maya.email, '/reset'),
    '/unblock': drawn.unblock.link,
    '/undo': linkIn(service, NOOR, '/undo'),
    '/not-me': linkIn(service, LEA, '/not-me'),
    '/account/email/verify': linkIn(service, `new-${LEA}`, '/account/email/verify'),
  }
  const codes = {
    newcomer: service.box.newest('newcomer@example.com').code ?? '',
    address: service.box.newest(`new-${LEA}`).code ?? '',
  }
  return { ...them, ...theirs, links, codes }
}
export type Everything = Awaited<ReturnType<typeof everything>>
