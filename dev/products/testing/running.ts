import assert from 'node:assert/strict'
import { registrationOf, sampleProducts } from '../products.ts'
import { type RunningProduct, startProduct } from '../start-product.ts'
import type { Browser, Page } from './browser.ts'
import { type PlainService, plainService } from './plain-service.ts'

/** Both products on free ports, and a plain account service that is not started yet. */
export type Running = {
  service: PlainService
  ledger: RunningProduct
  payroll: RunningProduct
  startService(): void
  /** Opens an address and types a name into the service's form. */
  signIn(browser: Browser, url: string, name?: string): Promise<Page>
  close(): Promise<unknown>
}

/** Sets both products up against a service of their own. */
export async function runProducts(): Promise<Running> {
  const [forLedger, forPayroll] = sampleProducts()
  const service = await plainService()
  const at = { issuer: service.issuer, port: 0 }
  const ledger = await startProduct({ ...forLedger, ...at, clientId: 'ledger', clientSecret: 'secret-of-ledger' })
  const payroll = await startProduct({
    ...forPayroll,
    ...at,
    clientId: 'payroll',
    clientSecret: () => 'secret-of-payroll',
  })
  return {
    service,
    ledger,
    payroll,
    startService: () => service.start([registrationOf(forLedger, ledger.url), registrationOf(forPayroll, payroll.url)]),
    signIn: async (browser, url, name = 'marie') => {
      const form = await browser.open(url)
      assert.ok(form.url.startsWith(`${service.issuer}/interaction/`), form.url)
      return browser.submit(form, { prompt: 'login', login: name, password: 'any' })
    },
    close: () => Promise.all([ledger.close(), payroll.close(), service.close()]),
  }
}

/** What a product answers a program that asks who is signed in. */
export async function whoAmI(browser: Browser, product: RunningProduct): Promise<unknown> {
  return (await browser.ask(`${product.url}/whoami.json`)).json()
}

/** The answers of `whoAmI`. */
export const nobody = { signedIn: false, sub: null, email: null, name: null, acr: null }
export const marie = {
  signedIn: true,
  sub: 'marie',
  email: 'marie@example.com',
  name: 'marie <b>Tremblay</b>',
  acr: null,
}
