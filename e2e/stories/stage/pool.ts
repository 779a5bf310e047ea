/**
 * The browsers of the stories. One that a story has used forgets everything and serves another story: a new one costs
 * a second. Their caches stay, which hold nothing but stylesheets and scripts named by their content.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Watch, watch } from './watch.ts'
import type { Way } from './ways.ts'

type Used = { context: BrowserContext; script: boolean; page: Page; watch: Watch }

export type Pool = {
  take(way: Way): Promise<Page>
  /** Ends a story: looks over what its browsers did, and has them forget it. @throws with all that was wrong */
  giveBack(): Promise<void>
  /** Ends a story that failed: its browsers are closed. Answers what they showed. */
  giveUp(): Promise<string>
}

export function makePool(browser: Browser, origins: readonly string[]): Pool {
  const idle: Used[] = []
  let inUse: Used[] = []

  const open = async (script: boolean): Promise<Used> => {
    const context = await browser.newContext({ javaScriptEnabled: script })
    context.setDefaultTimeout(15_000)
    return { context, script, page: await context.newPage(), watch: watch(context, origins) }
  }
  return {
    async take({ language, locale = language, script, width, dark = false }) {
      const at = idle.findIndex((one) => one.script === script)
      const used = idle.splice(at, at < 0 ? 0 : 1)[0] ?? (await open(script))
      inUse.push(used)
      await used.context.setExtraHTTPHeaders({ 'accept-language': locale })
      await used.page.setViewportSize({ width, height: 800 })
      await used.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
      return used.page
    },
    async giveBack() {
      for (const { watch } of inUse) await watch.assertCalm()
      for (const used of inUse) {
        for (const page of used.context.pages()) if (page !== used.page) await page.close()
        await used.context.clearCookies()
      }
      idle.push(...inUse)
      inUse = []
    },
    async giveUp() {
      const shown = await Promise.all(inUse.map(({ watch }) => watch.whatIsSeen()))
      for (const { context } of inUse) await context.close()
      inUse = []
      return shown.join('\n')
    },
  }
}
