/** Every form there is, found on the samples of all pages, and somebody who may send it. */
import { pageSamples } from '../../dev/gallery/samples.ts'
import { setUpApp } from '../../src/testing/apps.ts'
import { type Browser, formsOf } from '../../src/testing/browser.ts'
import { PASSWORD, somebody } from '../../src/testing/people.ts'
import type { TestService } from '../../src/testing/world.ts'
import { sampleFrame } from '../../src/ui/layout/sample-frame.ts'
import { renderPage } from '../../src/ui/layout.tsx'
import { urls } from '../../src/urls.ts'

/** The fields of every form of ours, by the path that it is sent to; those of all states of a page together. */
export function everyForm(): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>()
  const challenge = 'a challenge'
  for (const { make } of pageSamples)
    for (const { action, html } of formsOf(renderPage(make({ ...sampleFrame, challenge })))) {
      const path = action.split('?')[0] ?? ''
      if (!path.startsWith('/')) continue
      const fields = forms.get(path) ?? new Set()
      for (const [, name = ''] of html.matchAll(/<(?:input|textarea|select|button)[^>]*? name="([^"]+)"/g))
        fields.add(name)
      forms.set(path, fields)
    }
  // One page takes a contact of three kinds: its samples are of one.
  forms.set(urls.newVoice, forms.get(urls.newText) ?? new Set())
  forms.set(urls.newBackUp, new Set(['csrf', 'here', 'email']))
  return forms
}

/** Somebody on the way, the query that the pages of that way have, and the proof that a form is theirs. */
export type Sender = { browser: Browser; query: string; csrf: string }

const csrfOf = ({ page }: Browser): string => formsOf(page.html).find(({ hidden }) => hidden.csrf)?.hidden.csrf ?? ''
const queryOf = ({ page }: Browser): string => page.at.split('?')[1] ?? ''

const senderIn = (browser: Browser, query = queryOf(browser)): Sender => ({ browser, query, csrf: csrfOf(browser) })

/** Who sends a form, by the beginning of its path: the first that fits. Whoever has lost their place is made anew. */
export function senders(service: TestService) {
  let people = 0
  const address = () => `person-${people++}@exemple.ca`

  const stranger = async () => {
    const browser = service.browser()
    await browser.open(urls.signIn)
    return senderIn(browser)
  }
  const signingUp = async () => {
    const browser = service.browser()
    await browser.open(urls.signUp)
    await browser.send({ email: address(), 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD })
    return senderIn(browser)
  }
  const resetting = async () => {
    const email = address()
    await somebody(service, email)
    service.clock.advance({ ms: 60_000 })
    const browser = service.browser()
    await browser.open(urls.forgot)
    await browser.send({ email })
    await service.post()
    await browser.open(new URL(service.box.newest(email).link ?? '').href.slice(service.origin.length))
    return senderIn(browser)
  }
  const withApp = async (email = address()) => {
    const browser = await somebody(service, email)
    await setUpApp(browser, service.clock)
    return { browser, email }
  }
  const owner = async () => {
    const { browser } = await withApp()
    await browser.open(urls.newBackUp)
    await browser.send({ email: address() })
    const asked = queryOf(browser)
    await browser.open(urls.factors)
    const way = /[?&]way=(fac_\w+)/.exec(browser.page.html)?.[1] ?? ''
    return senderIn(browser, `${asked}&way=${way}`)
  }
  const atSecondStep = async () => {
    const { email } = await withApp()
    const browser = service.browser()
    await browser.open(urls.signIn)
    await browser.send({ email, password: PASSWORD })
    return senderIn(browser)
  }
  const ways: [path: string, make: () => Promise<Sender>][] = [
    [urls.verify, signingUp],
    [urls.reset, resetting],
    [urls.secondStep, atSecondStep],
    [urls.account, owner],
    [urls.signOut, owner],
    ['/', stranger],
  ]
  const there = new Map<string, Sender>()
  const wayOf = (path: string) => ways.find(([beginning]) => path.startsWith(beginning)) ?? ways[0]
  return {
    address,
    async of(path: string): Promise<Sender> {
      const [beginning, make] = wayOf(path) ?? ['/', stranger]
      const sender = there.get(beginning) ?? (await make())
      there.set(beginning, sender)
      return sender
    },
    lost(path: string): void {
      there.delete(wayOf(path)?.[0] ?? '')
    },
  }
}
