/** Where stories are told: the service, its two sample products, one Chromium, and a watch over all that happens. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { registrationOf, sampleProducts } from '../../dev/products/products.ts'
import { startProduct } from '../../dev/products/start-product.ts'
import type { Language } from '../../src/platform/languages/languages.ts'
import { packageRoot } from '../../src/platform/package-root.ts'
import { freePort, type LiveService, liveService } from '../../src/testing/live.ts'
import { testProduct } from '../../src/testing/world.ts'
import { type Watch, watch } from './watch.ts'

/** How somebody looks at the pages. */
export type Way = { language: Language; script: boolean; width: number }

export const WIDE: Way = { language: 'fr-CA', script: true, width: 1_280 }
export const NARROW: Way = { language: 'fr-CA', script: false, width: 320 }
/** With and without JavaScript, wide and narrow, in every language. */
export const FOUR_WAYS: readonly Way[] = [WIDE, NARROW, { ...WIDE, language: 'en' }, { ...NARROW, language: 'fr' }]

export const inWords = ({ language, script, width }: Way): string =>
  `${language}, ${width} px, JavaScript ${script ? 'on' : 'off'}`

export type Product = { id: string; name: string; url: string; deep: string }

/** What a story may do beside using pages. */
export type Scene = {
  /** A browser that nobody has used, with one page open. */
  browser(way?: Way, more?: BrowserContextOptions): Promise<Page>
}

export type Stage = {
  service: LiveService
  ledger: Product
  payroll: Product
  chromium: Browser
  /** Where a page may take anything from. */
  origins: readonly string[]
  story(name: string, tell: (scene: Scene) => Promise<void>): void
}

const ARGS = [
  'no-sandbox',
  'disable-gpu',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
  'disable-quic',
]
export const launchOptions = { executablePath: await whereChromiumIs(), args: ARGS.map((arg) => `--${arg}`) }

async function whereChromiumIs(): Promise<string> {
  const tool = pathToFileURL(join(packageRoot, 'tools/find-chromium.mjs')).href
  const { findChromium }: { findChromium(): string | undefined } = await import(tool)
  const found = findChromium()
  assert.ok(found, 'there is no Chromium on this machine')
  return found
}

/** Sets the stage for one test file; it is cleared when the file ends. */
export async function openStage(environment: Record<string, string> = {}): Promise<Stage> {
  const service = await liveService(environment)
  const [ledger, payroll] = await openProducts(service)
  const browser = await chromium.launch(launchOptions)
  after(() => browser.close())
  const origins = [service.origin, ledger.url, payroll.url]
  const story: Stage['story'] = (name, tell) => {
    test(name, async () => {
      const watches: Watch[] = []
      const open: Scene['browser'] = async (way = WIDE, more = {}) => {
        const viewport = { width: way.width, height: 800 }
        const context = await browser.newContext({
          viewport,
          locale: way.language,
          javaScriptEnabled: way.script,
          ...more,
        })
        context.setDefaultTimeout(15_000)
        watches.push(watch(context, origins))
        return context.newPage()
      }
      try {
        await tell({ browser: open })
        for (const one of watches) await one.assertCalm()
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n\n${await whatIsSeen(watches)}`, {
          cause: error,
        })
      } finally {
        for (const { context } of watches) await context.close()
      }
    })
  }
  return { service, ledger, payroll, chromium: browser, origins, story }
}

const whatIsSeen = async (watches: readonly Watch[]): Promise<string> =>
  (await Promise.all(watches.map((one) => one.whatIsSeen()))).join('\n')

/** Both products on free ports, registered with the service. */
async function openProducts(service: LiveService): Promise<[Product, Product]> {
  const ports = [await freePort(), await freePort()]
  const [ledger, payroll] = sampleProducts.map(({ id, name, look }, at) => {
    const url = `http://localhost:${ports[at]}`
    return { id, name, look, url, port: ports[at] ?? 0, deep: url + look.deep.path }
  })
  assert.ok(ledger && payroll)
  for (const [one, other] of [
    [ledger, payroll],
    [payroll, ledger],
  ] as const) {
    const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = registrationOf(one, one.url)
    const clientSecret = await testProduct(service, one.id, {
      name: one.name,
      redirectUris,
      postLogoutRedirectUris,
      backchannelLogoutUri,
    })
    const running = await startProduct({
      ...one,
      issuer: service.origin,
      clientId: one.id,
      clientSecret: clientSecret ?? '',
      other,
    })
    after(() => running.close())
  }
  return [ledger, payroll]
}
