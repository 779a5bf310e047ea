/** What a thief holds: for a minute, and what can be kept of it for good; and what can be done with all that. */
import type { App } from '../../../src/testing/apps.ts'
import type { Authenticator } from '../../../src/testing/authenticator.ts'
import { type Browser, formsOf } from '../../../src/testing/browser.ts'
import { PASSWORD } from '../../../src/testing/people.ts'
import { urls } from '../../../src/urls.ts'
import { isInside, type Means, passSecondStep, post, signIn, type Tokens } from './browsing.ts'
import { BACK_UP, type Estate, FORMER_MAILBOX, MAILBOX, MOBILE } from './people.ts'

const proofs = [
  'password',
  'session',
  'trusted browser',
  'mailbox',
  'former mailbox',
  'back-up mailbox',
  'mobile',
  'app',
  'passkey',
  'recovery codes',
] as const
export type Proof = (typeof proofs)[number]

/** What the thief has themselves, for good. */
export const [FIRST, SECOND] = ['first@thief.example', 'second@thief.example'] as const
export const OWN_NUMBER = '+16135550199'
export const OWN_BACK_UP = 'back-up@thief.example'
const OWN: readonly string[] = [FIRST, SECOND, OWN_NUMBER, OWN_BACK_UP]

const CONTACT_OF: Partial<Record<Proof, string>> = {
  mailbox: MAILBOX,
  'former mailbox': FORMER_MAILBOX,
  'back-up mailbox': BACK_UP,
  mobile: MOBILE,
}

export function makeHoldings({ service, owner }: Estate, held: ReadonlySet<Proof>) {
  const { db, box, cookies } = service
  let isMinute = true
  const has = (proof: Proof): boolean => isMinute && held.has(proof)
  const passwords = new Set(held.has('password') ? [PASSWORD] : [])
  /** One that "It was not me" turned off is not chosen again. */
  const choose = () => {
    const password = `onze girafes patientes ${passwords.size}`
    return { password, fields: { 'new-password': password, 'confirm-password': password } }
  }
  const devices: Authenticator[] = []
  const apps: App[] = []
  const codes: string[] = held.has('recovery codes') ? [...owner.codes] : []
  const links = new Set<string>()
  const tokens: Tokens[] = []
  const browsers: Browser[] = []
  const reads = (contact: string): boolean =>
    OWN.includes(contact) || [...held].some((proof) => has(proof) && CONTACT_OF[proof] === contact)
  const means = (): Means => ({
    apps: [...apps, ...(has('app') ? owner.apps : [])],
    devices: [...devices, ...(has('passkey') ? owner.devices : [])],
    codes,
    reads,
  })

  const withCookies = (...names: readonly string[]): Browser => {
    const browser = service.browser()
    for (const name of names) browser.cookies.set(name, owner.browser.cookies.get(name) ?? '')
    browsers.push(browser)
    return browser
  }
  if (held.has('session')) withCookies(cookies.browser, cookies.session)
  const trusted = held.has('trusted browser') ? withCookies(cookies.browser, cookies.trust) : undefined
  const newBrowser = (): Browser => {
    const browser = trusted ?? service.browser()
    browsers.push(...browsers.splice(0).filter((it) => it !== browser), browser) // the latest comes last
    return browser
  }

  const addressNow = async (): Promise<string> =>
    (await db.selectFrom('accounts').select('email').executeTakeFirst())?.email ?? ''
  /** Somewhere the thief is signed in: the latest first. */
  async function inside(): Promise<Browser | undefined> {
    for (const browser of [...browsers].reverse()) if (await isInside(browser)) return browser
    return undefined
  }
  /** Opens a page of account management; what it asks for besides is proved, as far as the thief can. */
  async function openAt(path: string): Promise<Browser | undefined> {
    for (const browser of [...browsers].reverse().filter((it) => it.cookies.has(cookies.session))) {
      const { at } = await browser.open(path)
      if (at === path) return browser
      const isPassed = at.startsWith(urls.secondStep) && (await passSecondStep(service, browser, at, means()))
      if (isPassed && (await browser.open(path)).at === path) return browser
    }
    const isNew = await signsIn()
    const browser = browsers.at(-1)
    return isNew && (await browser?.open(path))?.at === path ? browser : undefined
  }
  const copyFrom = (mailboxes: (contact: string) => boolean): boolean => {
    const before = links.size
    for (const { to, text } of box.letters)
      if (mailboxes(to)) for (const [link] of text.matchAll(/http:\/\/localhost:3000\/\S*link=[\w-]+/g)) links.add(link)
    return links.size > before
  }
  async function signsIn(): Promise<boolean> {
    const email = await addressNow()
    for (const password of passwords) if (await signIn(service, newBrowser(), { email, password }, means())) return true
    return false
  }
  /** Opens a link, presses what is there, and chooses a password where one can be chosen. Whether anything came of it. */
  async function press(link: string): Promise<boolean> {
    const browser = newBrowser()
    const isThere = (await browser.open(link)).status === 200
    const form = formsOf(browser.page.html).find(({ action }) => action.includes('link='))
    if (!isThere || !form) return false
    const { password, fields } = choose()
    const said = { who: 'was-not-me', 'was-not-me': 'yes' }
    const to = await post(browser, form.action, { ...form.hidden, ...said, ...fields })
    if (form.action.startsWith(urls.reset) && to !== '') passwords.add(password)
    if (to.includes('link=')) await press(to)
    return to !== ''
  }

  return {
    ...{ passwords, devices, apps, codes, links, tokens, browsers },
    ...{ choose, reads, means, newBrowser, addressNow, inside, openAt, copyFrom, signsIn, press },
    /** What the thief has themselves. */
    readsForGood: (contact: string): boolean => OWN.includes(contact),
    /** From now on the thief reads nothing of the owner's, and holds nothing that they cannot copy. */
    theMinuteIsOver(): void {
      isMinute = false
    },
  }
}
