/**
 * The browsers of a test file. One that a story has used forgets everything and serves another story: a new one costs
 * a second. Their caches stay, which hold nothing but stylesheets and scripts named by their content.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Watch, watch } from './watch.ts'
import type { Way } from './ways.ts'

type Used = { context: BrowserContext; kind: string; page: Page; watch: Watch }

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

  const open = async ({ language, locale = language, script, dark = false }: Way, kind: string): Promise<Used> => {
    const colorScheme = dark ? 'dark' : 'light'
    const context = await browser.newContext({ locale, javaScriptEnabled: script, colorScheme })
    context.setDefaultTimeout(15_000)
    return { context, kind, page: await context.newPage(), watch: watch(context, origins) }
  }
  return {
    async take(way) {
      const kind = JSON.stringify({ ...way, width: 0 })
      const at = idle.findIndex((one) => one.kind === kind)
      const used = at < 0 ? await open(way, kind) : idle.splice(at, 1)[0]
      if (!used) throw new Error('a browser was taken twice')
      inUse.push(used)
      await used.page.setViewportSize({ width: way.width, height: 800 })
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
