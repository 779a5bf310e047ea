/**
 * A thief: holds some proofs of somebody's account for a minute, and keeps whatever can be kept of them: what they know, links
 * and codes that they have copied, cookies, and all that they add to the account while it is open.
 */
import { minutes } from '../../../src/platform/clock.ts'
import { appOf } from '../../../src/testing/apps.ts'
import { askedOn, bring, makeAuthenticator } from '../../../src/testing/authenticator.ts'
import type { Browser } from '../../../src/testing/browser.ts'
import { urls } from '../../../src/urls.ts'
import {
  askForTokens,
  changeAddress,
  isInside,
  post,
  sentTo,
  signInByPasskey,
  type Tokens,
  tokensBy,
} from './browsing.ts'
import { FIRST, makeHoldings, OWN_BACK_UP, OWN_NUMBER, type Proof, SECOND } from './holdings.ts'
import { type Estate, MAILBOX } from './people.ts'

export const thiefMoves = [
  'gets in',
  'signs in',
  'signs in by passkey',
  'adds a passkey',
  'adds an app',
  'adds a number',
  'adds a back-up address',
  'removes the ways of the owner',
  'makes new recovery codes',
  'turns two-step verification on',
  'turns two-step verification off',
  'changes the address to their first',
  'changes the address to their second',
  'changes the address back',
  'asks for another address, and waits',
  'changes the password',
  'forgets the password',
  'copies letters',
  'presses what they copied',
  'says that it was not them',
  'closes the account',
  'asks support',
  'gets tokens',
  'guesses until the account is blocked',
  'ends the sessions of the owner',
] as const
export type ThiefMove = (typeof thiefMoves)[number]

export function makeThief(estate: Estate, held: ReadonlySet<Proof>) {
  const { service, request } = estate
  const { db, box, origin } = service
  const holdings = makeHoldings(estate, held)
  const { passwords, devices, apps, codes, links, tokens, browsers, theMinuteIsOver, readsForGood } = holdings
  const { choose, reads, means, newBrowser, addressNow, inside, openAt, copyFrom, signsIn, press } = holdings
  const ofOwner = new Set<string>()

  async function addContact(path: string, fields: Record<string, string>): Promise<boolean> {
    const browser = await openAt(path)
    if (!browser) return false
    let to = ''
    const code = await sentTo(service, reads, async () => {
      to = await post(browser, path, fields)
    })
    return code !== undefined && (await post(browser, to, { code })) !== ''
  }
  const move = (email: string) => async (): Promise<boolean> => {
    const browser = await openAt(urls.email)
    return browser !== undefined && changeAddress(service, browser, email, reads)
  }
  const turn = (way: 'on' | 'off') => async (): Promise<boolean> => {
    const browser = await openAt(urls.twoStep)
    return browser !== undefined && (await post(browser, urls.twoStep, { turn: way })).includes(`two-step-${way}`)
  }

  /** By the shortest way. */
  async function getsIn(): Promise<boolean> {
    if ((await inside()) || (await signsIn())) return true
    for (const device of means().devices) if (await signInByPasskey(newBrowser(), device)) return true
    const email = await addressNow()
    if (!reads(email)) return false
    await post(newBrowser(), urls.forgot, { email })
    await service.post()
    const reset = box.newest(email).link
    return reset !== null && (await press(reset)) && signsIn()
  }
  /** Whether anything came of it. */
  const deeds: Record<ThiefMove, () => Promise<boolean>> = {
    'gets in': getsIn,
    'signs in': signsIn,
    'signs in by passkey': async () => {
      for (const device of means().devices) if (await signInByPasskey(newBrowser(), device)) return true
      return false
    },
    'adds a passkey': async () => {
      const browser = await openAt(urls.newPasskey)
      if (!browser) return false
      const device = makeAuthenticator(origin)
      const asked = askedOn(browser)
      const answer = await bring(browser, urls.newPasskey, asked, device.create(asked))
      if (answer.status === 303) devices.push(device)
      return answer.status === 303
    },
    'adds an app': async () => {
      const browser = await openAt(urls.newApp)
      if (!browser) return false
      const app = appOf(browser.page.html, service.clock)
      await browser.send({ code: app.code() }, { button: 'Continue', follow: false })
      if (browser.page.status === 303) apps.push(app)
      return browser.page.status === 303
    },
    'adds a number': () => addContact(urls.newText, { number: OWN_NUMBER }),
    'adds a back-up address': () => addContact(urls.newBackUp, { email: OWN_BACK_UP }),
    'removes the ways of the owner': async () => {
      const browser = await openAt(urls.newPasskey) // as fresh as that has to be
      if (!browser) return false
      const answers = []
      for (const way of ofOwner) answers.push(await post(browser, urls.removeFactor, { way }))
      return answers.some((to) => to.includes('removed'))
    },
    'makes new recovery codes': async () => {
      const browser = await openAt(urls.newRecoveryCodes)
      if (!browser) return false
      const made = [...browser.page.html.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code)
      await browser.send({}, { button: 'I have saved them', follow: false })
      if (browser.page.status === 303) codes.push(...made)
      return browser.page.status === 303
    },
    'turns two-step verification on': turn('on'),
    'turns two-step verification off': turn('off'),
    'changes the address to their first': move(FIRST),
    'changes the address to their second': move(SECOND),
    'changes the address back': move(MAILBOX),
    'asks for another address, and waits': async () => {
      const browser = await openAt(urls.email)
      return browser !== undefined && (await post(browser, urls.email, { email: SECOND })) === urls.emailVerify
    },
    'changes the password': async () => {
      const browser = await openAt(urls.password)
      if (!browser) return false
      const { password, fields } = choose()
      const answers = []
      for (const current of [...passwords])
        answers.push(await post(browser, urls.password, { 'current-password': current, ...fields }))
      const isChanged = answers.some((to) => to.includes('changed'))
      if (isChanged) passwords.add(password)
      return isChanged
    },
    'forgets the password': async () => {
      await post(newBrowser(), urls.forgot, { email: await addressNow() })
      await service.post()
      return copyFrom(reads)
    },
    'copies letters': async () => {
      await service.post()
      return copyFrom(reads)
    },
    'presses what they copied': async () => {
      await service.post()
      copyFrom(readsForGood)
      let came = false
      for (const link of [...links].reverse()) if (await press(link)) came = true
      return came
    },
    'says that it was not them': async () => {
      const browser = await openAt(urls.email) // as fresh as that has to be
      if (!browser) return false
      const to = await post(browser, urls.activity, {})
      if (to.includes('link=')) await press(to)
      return to.startsWith(urls.notMeMailed)
    },
    'closes the account': async () => {
      const browser = await openAt(urls.close)
      return browser !== undefined && (await post(browser, urls.close, {})).includes('closing')
    },
    'asks support': async () => {
      const email = await addressNow()
      for (const password of passwords) {
        const browser = service.browser()
        const to = await post(browser, urls.signIn, { email, password })
        const journey = /journey=\w+/.exec(to)?.[0]
        const said = { reach: SECOND, words: 'I lost them.' }
        if (journey && (await post(browser, `${urls.lostFactors}?${journey}`, said)).startsWith(urls.supportAsked))
          return true
      }
      return false
    },
    'gets tokens': async () => {
      const browser = await inside()
      const got: Tokens = browser ? await tokensBy(browser, request) : {}
      if (got.access_token) tokens.push(got)
      return got.access_token !== undefined
    },
    'guesses until the account is blocked': async () => {
      const browser = service.browser()
      const email = await addressNow()
      const lettersBefore = box.letters.length
      for (let guess = 0; guess < 10; guess++) {
        await post(browser, urls.signIn, { email, password: `a wrong one ${guess}` })
        service.clock.advance(minutes(20)) // longer than the account has anybody wait
      }
      await service.post()
      return box.letters.slice(lettersBefore).some(({ template }) => template === 'account-blocked')
    },
    'ends the sessions of the owner': async () => {
      const browser = await inside()
      return browser !== undefined && (await post(browser, urls.endOtherSessions, {})) !== ''
    },
  }

  return {
    async begin(): Promise<void> {
      for (const { id } of await db.selectFrom('factors').select('id').execute()) ofOwner.add(id)
    },
    does: (name: ThiefMove): Promise<boolean> => deeds[name](),
    theMinuteIsOver,
    /** All that opens anything, of what the thief has and has copied. */
    async reaches(): Promise<string[]> {
      const reached: string[] = []
      const enters = async (what: string, browser: Browser) => void ((await isInside(browser)) && reached.push(what))
      for (const browser of browsers) await enters('a session', browser)
      for (const { access_token = '', refresh_token = '' } of tokens) {
        const form = { grant_type: 'refresh_token', refresh_token }
        if ((await askForTokens(service.browser(), form)).access_token) reached.push('a refresh token')
        const headers = { authorization: `Bearer ${access_token}`, accept: 'application/json' }
        if ((await service.browser().request('/oidc/me', { headers })).status === 200) reached.push('an access token')
      }
      await service.post()
      copyFrom(readsForGood)
      for (const link of links) if (await press(link)) reached.push(link)
      const email = await addressNow()
      const browser = newBrowser()
      for (const password of passwords) {
        if ((await post(browser, urls.signIn, { email, password })) !== '') reached.push(`a password at ${email}`)
        await enters('a session by password', browser)
      }
      for (const device of devices) if (await signInByPasskey(browser, device)) reached.push('a passkey')
      return reached
    },
  }
}
