/** The states of the first page of account management. */
import type { Frame } from '../../ui/frame.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { OverviewPage } from './pages.tsx'
import { texts } from './texts.ts'

/** What account management is called, and whose it is. */
function portalOf({ language }: Frame, person: string) {
  const t = texts.in(language)
  return {
    home: { href: urls.account, label: t('title') },
    sections: [],
    signOut: { href: urls.signOut, label: t('signOut') },
    person,
  }
}

const overview =
  ({ email, firstName, lastName }: typeof nadia, products: readonly string[]): PageSample =>
  (frame) => {
    const day = new Intl.DateTimeFormat(frame.language, { dateStyle: 'long', timeZone: 'UTC' })
    const at = day.format(new Date('2026-11-22T10:02:00Z'))
    return (
      <OverviewPage
        frame={frame}
        portal={portalOf(frame, email)}
        name={`${firstName} ${lastName}`}
        email={email}
        products={products.map((name) => ({ name, at }))}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  'no product yet': overview(nadia, []),
  'two products': overview(nadia, [ledger.name, 'Payroll']),
  'all as long as may be': overview(longNadia, [longProduct.name, ledger.name]),
}
