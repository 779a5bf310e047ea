/** The states of the first page of account management. */

import { dayWords } from '../../ui/letter/happening.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { OverviewPage } from './pages.tsx'

const overview =
  ({ email, firstName, lastName }: typeof nadia, products: readonly string[], closes = false): PageSample =>
  (frame) => {
    const at = dayWords(frame.language, new Date('2026-11-22T10:02:00Z'))
    return (
      <OverviewPage
        frame={frame}
        portal={portalOf(frame.language, email)}
        name={`${firstName} ${lastName}`}
        email={email}
        closing={closes ? { on: at, keep: '/account/privacy' } : undefined}
        products={products.map((name) => ({ name, at }))}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  'no product yet': overview(nadia, []),
  'two products': overview(nadia, [ledger.name, 'Payroll']),
  'about to close': overview(nadia, [ledger.name], true),
  'all as long as may be': overview(longNadia, [longProduct.name, ledger.name]),
}
