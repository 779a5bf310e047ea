/** The states of the products a person uses, and the letter that tells of access removed. */
import { scopeAt } from '../../core/model/product/product.ts'
import { scopeWords } from '../../core/model/product/scope-words.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import {
  happening,
  type LetterSample,
  ledger,
  longNadia,
  longProduct,
  nadia,
  type PageSample,
} from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { removedLetter } from './letters.ts'
import { ProductsPage } from './pages.tsx'

type Used = { name: string; scopes?: readonly string[]; since?: string }

const payroll: Used = { name: 'Payroll' }
const calendar: Used = {
  name: 'Tidy Calendar',
  scopes: ['openid', 'profile', 'email', scopeAt('https://api.calendar.example', 'calendar:write'), 'offline_access'],
}

const products =
  (used: readonly Used[], { person = nadia, removed = false } = {}): PageSample =>
  (frame) => (
    <ProductsPage
      frame={frame}
      portal={portalOf(frame.language, person.email)}
      products={used.map(({ name, scopes, since = '2024-03-12T12:00:00Z' }) => ({
        id: name,
        name,
        thirdParty: scopes !== undefined,
        scopes: (scopes ?? []).map((scope) => scopeWords(frame.language, scope)),
        since: dayWords(frame.language, new Date(since)),
        last: dayWords(frame.language, new Date(happening.at)),
      }))}
      removed={removed}
    />
  )

export const pages: Record<string, PageSample> = {
  none: products([]),
  'ours and a third party’s': products([ledger, calendar, { ...payroll, since: happening.at }]),
  'access removed': products([ledger], { removed: true }),
  'all as long as may be': products([{ ...longProduct, scopes: calendar.scopes ?? [] }, longProduct], {
    person: longNadia,
  }),
}

export const letters: Record<string, LetterSample> = {
  'access removed': (language) =>
    removedLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      product: 'Tidy Calendar',
      notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
    }),
}
