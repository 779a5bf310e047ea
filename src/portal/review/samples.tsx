/** The states of the page that asks whether all of an account is its owner's. */
import { dayWords } from '../../ui/letter/happening.ts'
import { happening, ledger, nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { ReviewPage, type WayLine } from './pages.tsx'
import { texts } from './texts.ts'

const day = new Date(happening.at)
const sample =
  (more: { some: boolean; product?: boolean; removed?: boolean; refused?: 'last-way' | 'only-way-in' }): PageSample =>
  (frame) => {
    const added = dayWords(frame.language, day)
    const ways: WayLine[] = [
      { id: 'fac_1', kind: 'app', name: '', contact: undefined, added },
      { id: 'fac_2', kind: 'passkey', name: 'MacBook', contact: undefined, added },
      { id: 'fac_3', kind: 'text', name: '', contact: '(613) 555-0142', added },
    ]
    return (
      <ReviewPage
        frame={frame}
        portal={portalOf(frame.language, nadia.email)}
        ways={more.some ? ways : []}
        codes={more.some ? { left: 8, made: added } : undefined}
        products={(more.product ?? more.some) ? [{ id: 'ledger', name: ledger.name, used: added }] : []}
        removed={more.removed ?? false}
        problems={more.refused ? { form: texts.in(frame.language)(more.refused) } : {}}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  'of every kind': sample({ some: true }),
  'nothing but a password': sample({ some: false }),
  'a password and a product': sample({ some: false, product: true }),
  'ways and no product': sample({ some: true, product: false }),
  'the only one was removed': sample({ some: false, removed: true }),
  'one was removed': sample({ some: true, removed: true }),
  'the last one stays': sample({ some: true, refused: 'last-way' }),
  'the only way in stays': sample({ some: true, refused: 'only-way-in' }),
}
