/** The owner takes the account back: by what is in the mailboxes they read, and by what they had before. */
import { minutes } from '../../../src/platform/clock.ts'
import { type Browser, formsOf } from '../../../src/testing/browser.ts'
import { PASSWORD } from '../../../src/testing/people.ts'
import { urls } from '../../../src/urls.ts'
import { passSecondStep, post, signIn } from './browsing.ts'
import { type Estate, FORMER_MAILBOX, MAILBOX, meansOf } from './people.ts'

export const waysBack = ['a notice', 'a block', 'an undo', 'Activity', 'Forgot'] as const
export type WayBack = (typeof waysBack)[number]

/** What the owner may do before that, in any order. */
export const ownersMoves = [
  ...waysBack.map((way) => `the owner: ${way}` as const),
  'the owner: chooses a password',
  'the owner: signs out everywhere else',
] as const

export function makeReturn({ service, owner }: Estate) {
  const { box } = service
  const means = meansOf(owner)
  /** The newest last. One that "It was not me" turned off is not chosen again. */
  const known = [PASSWORD]
  const mailboxes: readonly string[] = [MAILBOX, FORMER_MAILBOX]
  /** The page that the last way back led to. */
  let shown: Browser | undefined

  /** The newest link to that path, in whichever mailbox. */
  const newest = (path: string, since = 0, of = mailboxes): string | undefined => {
    const letters = box.letters.slice(since).filter(({ to }) => of.includes(to))
    const links = letters.map(({ text }) => new RegExp(`http://\\S+:3000${path}\\?\\S*link=[\\w-]+`).exec(text)?.[0])
    return links.findLast((link) => link !== undefined)
  }
  async function press(link: string | undefined): Promise<boolean> {
    if (!link) return false
    const browser = service.browser()
    await browser.open(link)
    const form = formsOf(browser.page.html).find(({ action }) => action.includes('link='))
    if (!form || browser.page.status !== 200) return false
    const to = await post(browser, form.action, { ...form.hidden, who: 'was-not-me', 'was-not-me': 'yes' })
    if (to.includes('/reset')) {
      await browser.open(to)
      shown = browser
    }
    return to !== ''
  }
  async function comesIn(): Promise<Browser | undefined> {
    for (const email of mailboxes)
      for (const password of [...known].reverse())
        if (await signIn(service, owner.browser, { email, password }, means)) return owner.browser
    return undefined
  }
  async function liftsBlock(): Promise<void> {
    const link = newest(urls.unblock)
    if (link) await post(owner.browser, link.replace(service.origin, ''), { who: 'was-me', 'was-me': 'yes' })
  }
  const ways: Record<WayBack, () => Promise<boolean>> = {
    'a notice': async () => press(newest(urls.notMe)),
    'a block': async () => press(newest(urls.unblock)),
    // The mailbox that had the account first has the last word: of two links, its one.
    'an undo': async () => (await press(newest(urls.undo, 0, [FORMER_MAILBOX]))) || press(newest(urls.undo)),
    Activity: async () => {
      const browser = await comesIn()
      if (!browser) return false
      const { at } = await browser.open(urls.activity)
      if (at.startsWith(urls.secondStep)) await passSecondStep(service, browser, at, means)
      const to = await post(browser, urls.activity, {})
      return to.startsWith(urls.notMeMailed)
    },
    Forgot: async () => {
      const since = box.letters.length
      await post(service.browser(), urls.forgot, { email: MAILBOX })
      await service.post()
      if (await press(newest(urls.undo, since))) return true
      return (await chooses(since)) && ways.Activity()
    },
  }
  /** By the page that was shown, else by the newest letter. */
  async function chooses(since = 0): Promise<boolean> {
    await service.post()
    const browser = shown ?? service.browser()
    if (!shown) await browser.open(newest(urls.reset, since) ?? urls.reset)
    shown = undefined
    const form = formsOf(browser.page.html).find(({ action }) => action.startsWith(urls.reset))
    if (!form) return false
    const password = `neuf loutres dociles ${known.length}`
    const fields = { ...form.hidden, 'new-password': password, 'confirm-password': password }
    const to = await post(browser, form.action, fields)
    if (to.startsWith(urls.signIn)) known.push(password)
    return to.startsWith(urls.signIn)
  }
  async function goesBack(way: WayBack): Promise<boolean> {
    await service.post()
    return ways[way]()
  }
  return {
    goesBack,
    chooses: () => chooses(),
    async does(move: string): Promise<void> {
      const way = waysBack.find((it) => move === `the owner: ${it}`)
      if (way) await goesBack(way)
      else if (move === 'the owner: chooses a password') await chooses()
      else await comesIn().then((browser) => browser && post(browser, urls.endOtherSessions, {}))
    },
    /**
     * Signs in with what they had before, where more is asked for; a block is lifted by its letter, and a wait is waited for.
     * Answers where that leads.
     */
    async signsIn(): Promise<string> {
      const { browser } = owner
      await service.post()
      for (const wait of [minutes(2), minutes(10)]) {
        service.clock.advance(wait)
        for (const email of mailboxes)
          if (await signIn(service, browser, { email, password: known.at(-1) ?? '' }, means))
            return (await browser.open(urls.review)).at
        await liftsBlock()
      }
      return browser.page.at
    },
  }
}
