import { ledgerLook } from './looks/ledger.tsx'
import type { Look } from './looks/look.ts'
import { payrollLook } from './looks/payroll.tsx'

/** What the account service must be told of a product, before the product can send anyone there. */
export type Registration = {
  id: string
  name: string
  redirectUris: string[]
  postLogoutRedirectUris: string[]
  backchannelLogoutUri: string
  firstParty: true
}

/** A sample product at its usual address: with an issuer, a client id and a secret, `startProduct` takes it as it is. */
type SampleProduct = Registration & {
  look: Look
  port: number
  url: string
  other: { name: string; url: string }
}

const ledger = { id: 'ledger', name: 'Grand Livre', look: ledgerLook, port: 3001, url: 'http://localhost:3001' }
const payroll = { id: 'payroll', name: 'Payday', look: payrollLook, port: 3002, url: 'http://localhost:3002' }

/** What to register for a product that runs at `url` (another one than usual in tests, which take any free port). */
export function registrationOf({ id, name }: { id: string; name: string }, url: string): Registration {
  return {
    id,
    name,
    redirectUris: [`${url}/callback`],
    postLogoutRedirectUris: [`${url}/`],
    backchannelLogoutUri: `${url}/backchannel-logout`,
    firstParty: true,
  }
}

/** The two products of the demo. */
export const sampleProducts: [SampleProduct, SampleProduct] = [
  { ...ledger, ...registrationOf(ledger, ledger.url), other: { name: payroll.name, url: payroll.url } },
  { ...payroll, ...registrationOf(payroll, payroll.url), other: { name: ledger.name, url: ledger.url } },
]
