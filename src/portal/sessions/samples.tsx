/** The states of sessions and browsers, and the letter that tells of the end of all others. */
import { before, minutes } from '../../platform/clock.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { agoWords, browserWords, dayWords, placeWords } from '../../ui/letter/happening.ts'
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
import { endedLetter } from './letters.ts'
import { type BrowserLine, type Confirmation, type SessionLine, SessionsPage } from './pages.tsx'

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
const now = new Date(happening.at)
const ago = (language: Language, n: number) => agoWords(language, before(now, minutes(n)), now)

const here = (language: Language): SessionLine => ({
  uid: 'ses_1',
  browser: browserWords(language, happening.userAgent),
  place: happening.place,
  nearPlace: true,
  ago: ago(language, 0),
  products: [ledger.name],
  here: true,
})
const others = (language: Language): SessionLine[] => [
  {
    uid: 'ses_2',
    browser: browserWords(language, PHONE),
    place: 'Montréal, Canada',
    nearPlace: true,
    ago: ago(language, 130),
    products: [ledger.name, 'Payroll', longProduct.name],
    here: false,
  },
  {
    uid: 'ses_3',
    browser: browserWords(language, ''),
    place: placeWords(language, undefined, '2001:db8:85a3:8d3::/64'),
    nearPlace: false,
    ago: ago(language, 3_000),
    products: [],
    here: false,
  },
]
const used = (language: Language): BrowserLine[] => [
  {
    mark: 'm1',
    browser: browserWords(language, happening.userAgent),
    first: dayWords(language, new Date('2026-03-03T12:00:00Z')),
    last: dayWords(language, now),
    here: true,
  },
  {
    mark: 'm2',
    browser: browserWords(language, PHONE),
    first: dayWords(language, now),
    last: dayWords(language, now),
    here: false,
  },
]

type State = { alone?: boolean; browsers?: boolean; lastOnly?: number; done?: Confirmation; person?: typeof nadia }

const sessions =
  ({ alone, browsers = true, lastOnly, done, person = nadia }: State = {}): PageSample =>
  (frame) => (
    <SessionsPage
      frame={frame}
      portal={portalOf(frame.language, person.email)}
      sessions={[here(frame.language), ...(alone ? [] : others(frame.language))]}
      browsers={browsers ? used(frame.language) : []}
      lastOnly={lastOnly}
      done={done}
    />
  )

export const pages: Record<string, PageSample> = {
  'this browser alone': sessions({ alone: true, browsers: false }),
  several: sessions(),
  'a long address': sessions({ person: longNadia }),
  'one was ended': sessions({ done: 'end' }),
  'all others were ended': sessions({ alone: true, done: 'end-others' }),
  'more browsers than are listed': sessions({ lastOnly: 50 }),
  'a browser was forgotten': sessions({ done: 'forget' }),
}

export const letters: Record<string, LetterSample> = {
  'other sessions ended': (language) =>
    endedLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
    }),
}
