/** Where the stories of one process are told, in whichever files they stand: the service, its two sample products, one Chromium, all watched. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { registrationOf, sampleProducts } from '../../../dev/products/products.ts'
import { startProduct } from '../../../dev/products/start-product.ts'
import { freePort } from '../../../src/testing/free-port.ts'
import { liveService } from '../../../src/testing/live.ts'
import { testProduct } from '../../../src/testing/world.ts'
import { startChromium } from '../../chromium.ts'
import { makePool } from './pool.ts'
import { type Way, WIDE } from './ways.ts'

export type Product = { id: string; name: string; url: string; deep: string }

/** What a story may do beside using pages. */
export type Scene = {
  /** A browser that knows nothing of us, with one page open. */
  browser(way?: Way): Promise<Page>
}

export const service = await liveService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
export const [ledger, payroll] = await openProducts()
const aChromium = await startChromium()
after(() => aChromium.close())
const pool = makePool(aChromium, [service.origin, ledger.url, payroll.url])

/** A test in which people use browsers. It fails, too, when something happened that should not (see watch.ts). */
export function story(name: string, tell: (scene: Scene) => Promise<void>): void {
  test(name, async () => {
    try {
      await tell({ browser: (way = WIDE) => pool.take(way) })
      await pool.giveBack()
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n\n${await pool.giveUp()}`, { cause: error })
    }
  })
}

/** Both products on free ports, registered with the service. */
async function openProducts(): Promise<[Product, Product]> {
  const ports = [await freePort(), await freePort()]
  const [ledger, payroll] = sampleProducts().map(({ id, name, look }, at) => {
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
