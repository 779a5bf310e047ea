/** Looks on while pages are used: nothing is loaded from elsewhere, no policy broken, no script fails, no cookie strays. */
import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'

export type Watch = {
  context: BrowserContext
  /** @throws with all that should not have happened */
  assertCalm(): Promise<void>
  /** The pages that are open, in words: for whoever reads a failure. */
  whatIsSeen(): Promise<string>
}

export function watch(context: BrowserContext, origins: readonly string[]): Watch {
  const strange: string[] = []
  const isOurs = (url: string): boolean =>
    /^(data|about|chrome-error):/.test(url) || origins.includes(new URL(url).origin)
  context.on('request', (request) => {
    if (!isOurs(request.url())) strange.push(`a request to ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) strange.push(`${response.status()} from ${response.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d /.test(message.text()))
      strange.push(`the console says: ${message.text()}`)
  })
  context.on('weberror', (error) => strange.push(`a script failed: ${error.error().message}`))
  return {
    context,
    async assertCalm() {
      for (const cookie of await context.cookies()) {
        const { name, httpOnly, sameSite, domain } = cookie
        const kept = httpOnly && sameSite === 'Lax' && domain === 'localhost'
        if (!kept) strange.push(`the cookie ${name} is not HttpOnly, SameSite=Lax and of this host alone`)
      }
      assert.deepEqual(strange.splice(0), [])
    },
    whatIsSeen: async () => (await Promise.all(context.pages().map(inWords))).join('\n'),
  }
}

async function inWords(page: Page): Promise<string> {
  const text = await page
    .locator('body')
    .innerText()
    .catch(() => '(nothing)')
  return `── ${page.url()}\n${text}`
}
