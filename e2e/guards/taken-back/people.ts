/** The owner of an account as a thief meets them. */
import { days } from '../../../src/platform/clock.ts'
import { type App, setUpApp } from '../../../src/testing/apps.ts'
import { type Authenticator, setUpPasskey } from '../../../src/testing/authenticator.ts'
import { type Browser, type Carry, makeBrowser } from '../../../src/testing/browser.ts'
import { setUpContact } from '../../../src/testing/contacts.ts'
import { inProcess, serviceInProcess } from '../../../src/testing/in-process.ts'
import { PASSWORD, productRequest, somebody } from '../../../src/testing/people.ts'
import type { TestService } from '../../../src/testing/world.ts'
import { changeAddress, isInside, type Means, signIn } from './browsing.ts'
import { checkpoint } from './checkpoint.ts'

export const MAILBOX = 'owner@exemple.ca'
export const FORMER_MAILBOX = 'owner.before@exemple.ca'
export const BACK_UP = 'owner@ailleurs.example'
export const MOBILE = '+16135550142'
const CONTACTS: readonly string[] = [MAILBOX, FORMER_MAILBOX, BACK_UP, MOBILE]

/** What an account has besides a password; `address`: it is new since yesterday. */
export const standings = ['nothing', 'passkey', 'two steps', 'address'] as const
export type Standing = (typeof standings)[number]

export type Owner = {
  browser: Browser
  apps: readonly App[]
  devices: readonly Authenticator[]
  codes: readonly string[]
}
/** `request`: leads to a product that keeps no secret. `bringBack`: makes everything what it was. */
export type Estate = { service: TestService; owner: Owner; request: string; bringBack(): Promise<void> }

export const meansOf = ({ apps, devices, codes }: Owner): Means => ({
  apps,
  devices,
  codes: [...codes],
  reads: (contact) => CONTACTS.includes(contact),
})

const MANY = '1000000'
/** Nobody is asked to wait, or for work: what is counted is looked at elsewhere. */
const UNCOUNTED = {
  PASSERELLE_NETWORK_TRIES: '100000',
  PASSERELLE_LETTERS_MINUTE: '1000',
  PASSERELLE_LETTERS_HOUR: '1000',
  PASSERELLE_LETTERS_DAY: '1000',
  PASSERELLE_NETWORK_REQUESTS: MANY,
  PASSERELLE_CHALLENGE_NETWORK: MANY,
  PASSERELLE_CHALLENGE_ADDRESS: MANY,
  PASSERELLE_CHALLENGE_SERVICE: MANY,
  PASSERELLE_CHALLENGE_STUFFING: MANY,
}

/**
 * The same service, quicker: requests go without a socket; the outbox is looked at where a form was posted since; and the
 * nth browser of every sequence has the same name, so that the proof which its forms carry is read from a page once
 * (browsing.ts). `renumber`: the next browser is the nth.
 */
function quicker(service: TestService) {
  const carry = inProcess(service.app.server)
  let next = 1
  let isPosted = false
  const ask: Carry = (path, init) => {
    isPosted ||= init.method === 'POST'
    return carry(path, init)
  }
  const browser = (): Browser => {
    const made = makeBrowser(service.origin, ask)
    made.cookies.set(service.cookies.browser, `browser-${next++}`.padEnd(43, '-'))
    return made
  }
  const post = async (): Promise<void> => {
    if (isPosted) await service.post()
    isPosted = false
  }
  const renumber = (nth: number): void => {
    next = nth
  }
  return { service: { ...service, browser, post }, renumber }
}

/** Owners have those before it. */
const FIRST_OF_SEQUENCE = 100

/** A service with owners, who each have had their account for more than a week, and have signed in just now. */
export async function makeEstates(which: readonly Standing[]): Promise<Map<Standing, Estate>> {
  const { service, renumber } = quicker(await serviceInProcess(UNCOUNTED))
  const request = await productRequest(service, 'spa', { scope: 'openid' }, { public: true })
  const empty = await checkpoint(service, 'empty')
  const estates = new Map<Standing, Estate>()
  for (const standing of which) {
    await empty()
    const owner = await makeOwner(service, standing)
    const bringBack = await checkpoint(service, standing.replaceAll(' ', '_'))
    const cookies = new Map(owner.browser.cookies)
    const begin = async () => {
      await bringBack()
      refill(owner, cookies)
      renumber(FIRST_OF_SEQUENCE)
    }
    estates.set(standing, { service, owner, request, bringBack: begin })
  }
  return estates
}

function refill({ browser }: Owner, cookies: ReadonlyMap<string, string>): void {
  browser.cookies.clear()
  for (const [name, value] of cookies) browser.cookies.set(name, value)
}

async function makeOwner(service: TestService, standing: Standing): Promise<Owner> {
  const email = standing === 'address' ? FORMER_MAILBOX : MAILBOX
  const browser = await somebody(service, email)
  const has = { browser, apps: [] as App[], devices: [] as Authenticator[], codes: [] as string[] }
  if (standing === 'passkey') has.devices.push(await setUpPasskey(browser, service.origin))
  if (standing === 'two steps') {
    const { app, recoveryCodes } = await setUpApp(browser, service.clock)
    has.apps.push(app)
    has.codes.push(...recoveryCodes)
    await setUpContact(service, browser, 'text', MOBILE)
    await setUpContact(service, browser, 'back-up', BACK_UP)
  }
  const comeIn = async (address: string) => {
    if (!(await signIn(service, browser, { email: address, password: PASSWORD }, meansOf(has))))
      throw new Error(`${standing}: the owner is not signed in, but at ${browser.page.at}`)
  }
  service.clock.advance(days(8)) // what is newer is undone by "It was not me"
  await comeIn(email)
  if (standing === 'address') {
    if (!(await changeAddress(service, browser, MAILBOX, () => true))) throw new Error('the address is not changed')
    service.clock.advance(days(1))
    await comeIn(MAILBOX)
  }
  await service.post()
  if (!(await isInside(browser))) throw new Error('the owner is not signed in')
  return has
}
