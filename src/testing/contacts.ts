/** Numbers and back-up addresses of a test, and what a person does with them. */
import type { Browser } from './browser.ts'
import type { TestService } from './world.ts'

export const MOBILE = '+16135550142'
export const LANDLINE = '+33142685300'
export const BACK_UP = 'marie@ailleurs.example'

/** Sets one up for whoever is signed in lately, and leaves recovery codes unmade. */
export async function setUpContact(
  service: TestService,
  browser: Browser,
  kind: 'text' | 'voice' | 'back-up',
  contact: string,
): Promise<void> {
  await browser.open(`/account/factors/${kind}`)
  await browser.send(kind === 'back-up' ? { email: contact } : { number: contact }, { button: 'Send the code' })
  await service.post()
  const { code } =
    kind === 'back-up' ? service.box.newest(contact) : service.box.newestText(contact.replaceAll(/[^+\d]/g, ''))
  await browser.send({ code: code ?? '' }, { button: 'Continue' })
  if (!/done=(text|voice|email)/.test(browser.page.at)) throw new Error(`not set up, at ${browser.page.at}`)
}
