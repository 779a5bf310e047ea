/** An account made without a browser, for stories that begin later; and what is in its mailbox. */
import assert from 'node:assert/strict'
import { makeBrowser } from '../../../src/testing/browser.ts'
import type { LiveService } from '../../../src/testing/live.ts'
import type { Spoken } from './words.ts'

export const PASSWORD = 'sept phares tranquilles'

/** Signs somebody up over plain HTTP; their account speaks `language`. */
export async function account(
  service: LiveService,
  email: string,
  language: Spoken = 'fr-CA',
): Promise<{ email: string }> {
  const person = makeBrowser(service.origin, service.origin, { 'accept-language': language })
  await person.open('/sign-up')
  await person.send({ email, 'first-name': 'Élise', 'last-name': 'Gagné', password: PASSWORD })
  await person.send({ code: (await secretsOf(service, email)).code })
  assert.equal(person.page.at, '/account')
  return { email }
}

/** The newest letter to an address, once everything that waits has been sent. */
export async function letterTo(service: LiveService, email: string) {
  await service.post()
  return service.box.newest(email)
}

/** The code, and the link, of the newest letter. */
export async function secretsOf(service: LiveService, email: string): Promise<{ code: string; link: string }> {
  const { code, link } = await letterTo(service, email)
  assert.ok(code && link, `a letter with a code and a link to ${email}`)
  return { code, link }
}

/** A code that is not this one. */
export const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
