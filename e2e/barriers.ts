/** What a person who sees, hears or moves otherwise would meet on a page, as axe finds it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Web Content Accessibility Guidelines 2.2, levels A and AA, as axe names them. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Has the page bring axe along wherever it goes: to send it each time takes longer than to run it. */
export const bringAxe = async (page: Page): Promise<void> => void (await page.addInitScript(source))

/** @param rules rules of axe, or sets of them */
export async function barriers(page: Page, rules: string[] = WCAG): Promise<string[]> {
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'], preload: false, selectors: false })
  const run = () => page.evaluate<axe.AxeResults | undefined>(`window.axe?.run(${options})`)
  const result = (await run()) ?? (await page.evaluate(source).then(run))
  if (!result) throw new Error('axe does not run')
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  )
}
