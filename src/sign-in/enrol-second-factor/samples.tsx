/** The states of the page that asks for a second factor. */
import { dayWords } from '../../ui/letter/happening.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { SecondWayPage } from './pages.tsx'

const props = { address: nadia.email, to: (path: string) => path, phone: true }

const until: PageSample = (frame) => {
  const date = dayWords(frame.language, new Date('2026-12-22T10:02:00Z'))
  return <SecondWayPage frame={frame} {...props} later={{ date, action: urls.enrolSecondFactorLater }} />
}

export const pages: Record<string, PageSample> = {
  'must be now': (frame) => <SecondWayPage frame={frame} {...props} />,
  'may be later': until,
  'may be later, a product waits': (frame) => until({ ...frame, toward: ledger }),
  'the product requires it': (frame) => (
    <SecondWayPage frame={{ ...frame, toward: ledger }} {...props} product={ledger.name} />
  ),
  'long address and product': (frame) => (
    <SecondWayPage
      frame={{ ...frame, toward: longProduct }}
      {...props}
      address={longNadia.email}
      product={longProduct.name}
    />
  ),
}
