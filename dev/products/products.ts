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

/** A sample product at its address: with an issuer, a client id and a secret, `startProduct` takes it as it is. */
export type SampleProduct = Registration & {
  look: Look
  port: number
  url: string
  other: { name: string; url: string }
}

const ledger = { id: 'ledger', name: 'Grand Livre', look: ledgerLook }
const payroll = { id: 'payroll', name: 'Payday', look: payrollLook }

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

/** The two products of the demo, at the two ports after the service's own. */
export function sampleProducts(servicePort = 3000): [SampleProduct, SampleProduct] {
  const at = <Sample extends { id: string; name: string }>(sample: Sample, port: number) => {
    const url = `http://localhost:${port}`
    return { ...sample, ...registrationOf(sample, url), port, url }
  }
  const [first, second] = [at(ledger, servicePort + 1), at(payroll, servicePort + 2)]
  return [
    { ...first, other: { name: second.name, url: second.url } },
    { ...second, other: { name: first.name, url: first.url } },
  ]
}
