/** The choice that comes before a product where the account is about to close. */
import { dayWords } from '../../ui/letter/happening.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { KeepAccountPage } from './pages.tsx'

const choice =
  (toward: typeof ledger, address: string): PageSample =>
  (frame) => (
    <KeepAccountPage
      frame={{ ...frame, toward }}
      action={urls.keepAccount}
      leave={urls.privacy}
      address={address}
      date={dayWords(frame.language, new Date('2026-12-22T10:02:00Z'))}
    />
  )

export const pages: Record<string, PageSample> = {
  'a product waits': choice(ledger, nadia.email),
  'a product with a long name waits': choice(longProduct, longNadia.email),
}
