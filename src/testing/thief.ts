/**
 * Somebody who holds some proofs of an account and tries every way in: signing in, forgotten passwords, every link and button
 * of every letter they can read, blocks, and whatever an account that is open lets them change.
 */
import type { Acr } from '../core/model/session/acr.ts'
import { acrs } from '../core/model/session/acr.ts'
import { days, minutes } from '../platform/clock.ts'
import { type App, appOf, setUpApp } from './apps.ts'
import { type Authenticator, askedOn, bring, setUpPasskey } from './authenticator.ts'
import { type Browser, formsOf } from './browser.ts'
import { setUpContact } from './contacts.ts'
import { PASSWORD, somebody } from './people.ts'
import { type TestService, testService } from './world.ts'

export const proofs = [
  'password',
  'mailbox',
  'former mailbox',
  'back-up mailbox',
  'mobile',
  'landline',
  'app',
  'passkey',
  'recovery code',
] as const
export type Proof = (typeof proofs)[number]

const MAILBOXES = {
  mailbox: 'marie@exemple.ca',
  'former mailbox': 'marie.avant@exemple.ca',
  'back-up mailbox': 'marie@ailleurs.example',
} as const
const NUMBERS = { mobile: '+16135550142', landline: '+33142685300' } as const
const CHOSEN = 'onze girafes patientes'

/** An account with a password and nothing else, with a passkey besides, or with all there is. */
export type Victim = { service: TestService; app?: App; device?: Authenticator; codes: string[]; sessions: string[] }

export async function makeVictim(has: 'a password' | 'a password and a passkey' | 'everything'): Promise<Victim> {
  const service = await testService({ PASSERELLE_NETWORK_TRIES: '100000' })
  const owner = await somebody(service, MAILBOXES['former mailbox'])
  await owner.open('/account/email')
  await owner.send({ email: MAILBOXES.mailbox }, { button: 'Continue' })
  await service.post()
  await owner.send({ code: service.box.newest(MAILBOXES.mailbox).code ?? '' }, { button: 'Verify email' })
  await owner.send({ email: MAILBOXES.mailbox, password: PASSWORD })
  if (has === 'a password') return { service, codes: [], sessions: await sessionsIn(service) }
  if (has === 'a password and a passkey') {
    const device = await setUpPasskey(owner, service.origin)
    await service.post()
    return { service, device, codes: [], sessions: await sessionsIn(service) }
  }
  const { app, recoveryCodes: codes } = await setUpApp(owner, service.clock)
  await setUpContact(service, owner, 'text', NUMBERS.mobile)
  await setUpContact(service, owner, 'voice', NUMBERS.landline)
  await setUpContact(service, owner, 'back-up', MAILBOXES['back-up mailbox'])
  const device = await setUpPasskey(owner, service.origin)
  await service.post()
  service.clock.advance(days(8)) // what is newer is put back by "It was not me"
  return { service, app, device, codes, sessions: await sessionsIn(service) }
}

const sessionsIn = async ({ db }: TestService): Promise<string[]> =>
  (await db.selectFrom('sessions').select('uid').where('account_id', 'is not', null).execute()).map(({ uid }) => uid)

/** The most that somebody with these proofs gets to. */
export async function levelReached(victim: Victim, held: readonly Proof[]): Promise<Acr | 'nothing'> {
  const thief = makeThief(victim, new Set(held))
  for (const move of thief.moves) await move()
  return thief.level()
}

function makeThief({ service, app, device, codes, sessions }: Victim, held: Set<Proof>) {
  let password = held.has('password') ? PASSWORD : undefined
  let ownApp: App | undefined
  const inside: Browser[] = []
  const reads = (to: string): boolean =>
    Object.entries(MAILBOXES).some(([proof, address]) => address === to && held.has(proof as Proof))
  const later = (): void => void service.clock.advance(minutes(2))

  async function codeFor(title: string): Promise<string | undefined> {
    if (title.includes('Authenticator app')) return ownApp?.code() ?? (held.has('app') ? app?.code() : undefined)
    if (title.includes('Recovery code')) return held.has('recovery code') ? codes.pop() : undefined
    return undefined
  }
  /** A code that is sent, where the thief can read it. */
  async function sentCode(browser: Browser, title: string): Promise<string | undefined> {
    if (browser.page.html.includes('>Send the code<')) await browser.send({}, { button: 'Send the code' })
    await service.post()
    if (title.includes('Text') && held.has('mobile')) return service.box.newestText(NUMBERS.mobile).code ?? undefined
    if (title.includes('Voice') && held.has('landline'))
      return service.box.newestText(NUMBERS.landline).code ?? undefined
    const address = MAILBOXES['back-up mailbox']
    return title.includes('Back-up') && reads(address) ? (service.box.newest(address).code ?? undefined) : undefined
  }
  /** Tries every way that the second step offers. */
  async function secondStep(browser: Browser): Promise<void> {
    const journey = /journey=\w+/.exec(browser.page.at)?.[0] ?? ''
    await browser.open(`/second-step/ways?${journey}`)
    const rows = browser.page.html.split('<li>').filter((row) => row.includes('way='))
    for (const row of rows) {
      const href = /href="([^"]+)"/.exec(row)?.[1]?.replaceAll('&amp;', '&') ?? ''
      if (!(await browser.open(href)).at.startsWith('/second-step')) return
      const { html } = browser.page
      if (html.includes('data-ask=')) {
        if (device && held.has('passkey')) await bring(browser, href, askedOn(browser), device.prove(askedOn(browser)))
        continue
      }
      const code = (await sentCode(browser, row)) ?? (await codeFor(row))
      if (code) await browser.send({ code }, { button: 'Continue' })
      later()
    }
  }
  const arrived = async (browser: Browser): Promise<void> => {
    if (browser.page.at.startsWith('/second-step')) await secondStep(browser)
    if ((await browser.open('/account')).at === '/account') inside.push(browser)
  }

  /** What a page asks for is filled in, and its every button pressed, as far as that leads. */
  async function press(browser: Browser, depth = 1): Promise<void> {
    const forms = formsOf(browser.page.html).filter(({ action }) => !action.startsWith('/language'))
    for (const { html, action } of forms) {
      const button = /<button type="submit"[^>]*>([^<]+)</.exec(html)?.[1]
      if (!button) continue
      const ticked = { 'was-me': 'yes', 'was-not-me': 'yes' }
      await browser.send({ ...ticked, 'new-password': CHOSEN, 'confirm-password': CHOSEN }, { button })
      if (action.startsWith('/reset') && browser.page.status === 200) password = CHOSEN
      if (depth > 0 && browser.page.at.includes('link=')) await press(browser, depth - 1)
    }
  }

  async function signIn() {
    for (const email of Object.values(MAILBOXES)) {
      const browser = service.browser()
      await browser.open('/sign-in')
      await browser.send({ email, password: password ?? CHOSEN })
      await arrived(browser)
      later()
    }
  }
  async function signInByPasskey() {
    if (!device || !held.has('passkey')) return
    const browser = service.browser()
    await browser.open('/sign-in')
    await bring(browser, '/sign-in/passkey', askedOn(browser), device.prove(askedOn(browser)))
    await arrived(browser)
  }
  async function blockIt() {
    const browser = service.browser()
    for (let tries = 0; tries < 10; tries++) {
      await browser.open('/sign-in')
      await browser.send({ email: MAILBOXES.mailbox, password: `a wrong one ${tries}` })
      later()
    }
  }
  async function forgetPassword() {
    for (const email of Object.values(MAILBOXES)) {
      const browser = service.browser()
      await browser.open('/forgot')
      await browser.send({ email })
    }
  }
  async function openEveryLetter() {
    await service.post()
    const letters = new Map(service.box.letters.map((letter) => [`${letter.to} ${letter.template}`, letter]))
    for (const { to, text } of letters.values())
      for (const [link] of reads(to) ? text.matchAll(/http:\/\/localhost:3000\/\S*link=[\w-]+/g) : []) {
        const browser = service.browser()
        await browser.open(link)
        await press(browser)
        await arrived(browser)
      }
  }
  async function changeWhatIsOpen() {
    for (const browser of inside) {
      if ((await browser.open('/account/factors/app')).at === '/account/factors/app') {
        ownApp = appOf(browser.page.html, service.clock)
        await browser.send({ code: ownApp.code() }, { button: 'Continue' })
        later()
      }
      await browser.open('/account/factors')
      if (browser.page.html.includes('>Remove<')) await browser.send({}, { button: 'Remove' })
      await browser.open('/account/email')
      await press(browser, 0)
    }
  }

  const moves = [blockIt, forgetPassword, openEveryLetter, signInByPasskey, signIn, changeWhatIsOpen, signIn]
  return {
    moves,
    /** Of every session that is not the owner's own, and of those that ended. */
    async level(): Promise<Acr | 'nothing'> {
      const rows = await service.db.selectFrom('sessions').select(['uid', 'details', 'account_id']).execute()
      const reached = rows.filter(({ uid, account_id }) => account_id && !sessions.includes(uid))
      return acrs.findLast((level) => reached.some(({ details }) => details.acr === level)) ?? 'nothing'
    },
  }
}
