/** A person with an account, and what they do on our pages. */
import assert from 'node:assert/strict'
import { parseEmail } from '../../src/core/model/account/email.ts'
import { type AccountId, insertAccount } from '../../src/core/model/account/store.ts'
import { preparePassword } from '../../src/core/model/password/policy.ts'
import { setPassword } from '../../src/core/model/password/store.ts'
import { transact } from '../../src/platform/database/db.ts'
import { drawId } from '../../src/platform/random.ts'
import type { Browser, Visit } from '../../src/testing/browser.ts'
import type { TestService } from '../../src/testing/world.ts'

export type Person = { id: AccountId; email: string; password: string }

const PASSWORD = 'seven quiet lighthouses'

/** An account as signing up leaves it. */
export async function makePerson(service: TestService, email: string): Promise<Person> {
  const parsed = parseEmail(email)
  const prepared = preparePassword(PASSWORD)
  assert.ok(parsed.ok && prepared)
  const { db, clock, random, hashing } = service
  const id = drawId('acc', random, clock) as string as AccountId
  const hashed = await hashing.make(prepared)
  await transact(db, async (tx) => {
    const person = { email: parsed.email, firstName: 'Maya', lastName: 'Tremblay', language: 'en' as const }
    assert.ok(await insertAccount(tx, id, person, clock.now()))
    await setPassword(service, tx, id, hashed, clock.now(), { firstUse: true })
  })
  return { id, email, password: PASSWORD }
}

/** Fills in the sign-in page the browser shows. */
export async function signIn(browser: Browser, { email, password }: Person): Promise<Visit> {
  assert.match(browser.page.at, /^\/sign-in/, `the sign-in page, not ${browser.page.at}`)
  return browser.send({ email, password }, { button: 'Sign in' })
}

/** Takes a new password by the mailed link, in a browser of its own. The person has it from then on. */
export async function resetPassword(service: TestService, person: Person, password: string): Promise<void> {
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email: person.email })
  await service.post()
  const link = /\/reset\?link=[\w-]+/.exec(JSON.stringify(service.box.newest(person.email)))?.[0] ?? ''
  await browser.open(link)
  const visit = await browser.send({ 'new-password': password, 'confirm-password': password })
  assert.match(visit.at, /done=reset/)
  person.password = password
}

/** Signs out from account management. */
export async function signOutAtPortal(browser: Browser): Promise<Visit> {
  await browser.open('/account')
  return browser.send({}, { button: 'Sign out' })
}
