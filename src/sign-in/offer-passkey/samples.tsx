/** The states of the page that offers a passkey. */
import { ledger, longProduct, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { OfferPage, type TwoStep } from './pages.tsx'
import { texts } from './texts.ts'

const page =
  (isRefused = false, twoStep: TwoStep = 'off'): PageSample =>
  (frame) => (
    <OfferPage
      frame={frame}
      action={urls.offerPasskey}
      ask="{}"
      sealed="sealed"
      twoStep={twoStep}
      later={urls.offerPasskeyLater}
      problems={isRefused ? { form: texts.in(frame.language)('passkey-refused') } : {}}
    />
  )

export const pages: Record<string, PageSample> = {
  fresh: page(),
  'a product waits': (frame) => page()({ ...frame, toward: ledger }),
  'two-step verification is on': page(false, 'on'),
  'two-step verification begins with it': page(false, 'begins'),
  refused: (frame) => page(true)({ ...frame, toward: longProduct }),
}
