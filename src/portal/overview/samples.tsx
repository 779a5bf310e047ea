/** The states of the first page of account management. */

import { dayWords } from '../../ui/letter/happening.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { OverviewPage, type OverviewProps } from './pages.tsx'

type Shown = { closes?: boolean; alone?: OverviewProps['alone']; off?: boolean; unblocked?: boolean }

const overview =
  (
    { email, firstName, lastName }: typeof nadia,
    products: readonly string[],
    { closes = false, alone, off = alone === 'password', unblocked }: Shown = {},
  ): PageSample =>
  (frame) => {
    const at = dayWords(frame.language, new Date('2026-11-22T10:02:00Z'))
    return (
      <OverviewPage
        frame={frame}
        portal={portalOf(frame.language, email)}
        name={`${firstName} ${lastName}`}
        email={email}
        twoStep={!off}
        {...(unblocked && { unblocked })}
        closing={closes ? { on: at, keep: '/account/privacy' } : undefined}
        alone={alone}
        products={products.map((name) => ({ name, at }))}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  'no product yet': overview(nadia, [], { alone: 'password' }),
  'two products': overview(nadia, [ledger.name, 'Payroll']),
  'a passkey, two-step verification off': overview(nadia, [ledger.name], { off: true }),
  'one second way alone': overview(nadia, [ledger.name], { alone: 'factor' }),
  'unblocked a moment ago': overview(nadia, [ledger.name], { unblocked: true }),
  'about to close': overview(nadia, [ledger.name], { closes: true }),
  'all as long as may be': overview(longNadia, [longProduct.name, ledger.name]),
}
