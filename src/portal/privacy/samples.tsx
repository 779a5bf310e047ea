/** Taking the data along, closing the account, changing one's mind; and the letters of that. */
import { dayWords, whenWords } from '../../ui/letter/happening.ts'
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
import { closesSoonLetter, closingLetter, exportedLetter, keptLetter } from './letters.ts'
import { ClosePage, DataPage, type DataProps, PrivacyPage } from './pages.tsx'

const END = new Date('2026-12-22T10:02:00Z')
const ways = { download: urls.dataFile, see: urls.data, close: urls.close, keep: urls.keep }
const current = urls.privacy

const privacy =
  ({ closing = false, kept = false }: { closing?: boolean; kept?: boolean }): PageSample =>
  (frame) => (
    <PrivacyPage
      {...{ frame, ways, current, kept }}
      portal={portalOf(frame.language, nadia.email)}
      closesOn={closing ? dayWords(frame.language, END) : undefined}
    />
  )

const close =
  (address: string): PageSample =>
  (frame) => (
    <ClosePage
      {...{ frame, current, address }}
      portal={portalOf(frame.language, address)}
      action={urls.close}
      date={dayWords(frame.language, END)}
    />
  )

type Lists = Pick<
  DataProps,
  'ways' | 'former' | 'sessions' | 'browsers' | 'products' | 'requests' | 'letters' | 'told' | 'toConfirm'
>
const nothing: Lists = {
  ways: [],
  former: [],
  sessions: [],
  browsers: [],
  products: [],
  requests: [],
  letters: [],
  told: [],
}

const data =
  (who: typeof nadia, lists: (day: string, when: string, before: string) => Lists, closes = false): PageSample =>
  (frame) => {
    const day = dayWords(frame.language, END)
    const when = whenWords(frame.language, END)
    const profile = {
      id: 'acc_019ab0c1d2e37f4a8b5c6d7e8f901234',
      name: `${who.firstName} ${who.lastName}`,
      email: who.email,
      language: 'English',
      since: day,
      ...(closes && { staffSince: day, twoStepSince: day, closesAt: day, password: day, recoveryCodes: '10' }),
    }
    return (
      <DataPage
        {...{ frame, current, when, profile }}
        portal={portalOf(frame.language, who.email)}
        download={urls.dataFile}
        activity={{ href: urls.activity, count: closes ? 1_204 : 1 }}
        {...lists(day, when, dayWords(frame.language, new Date(happening.at)))}
      />
    )
  }

const told = [
  'address-changed',
  'name-changed',
  'password-changed',
  'account-blocked',
  'account-unblocked',
  'account-closing',
  'account-kept',
  'account-erased',
] as const

export const pages: Record<string, PageSample> = {
  fresh: privacy({}),
  'about to close': privacy({ closing: true }),
  kept: privacy({ kept: true }),
  'close?': close(nadia.email),
  'close, a long address?': close(longNadia.email),
  'my data, hardly any': data(nadia, () => nothing),
  'my data, of every kind': data(
    longNadia,
    (day, when, before) => ({
      toConfirm: 'nadia@benali.example',
      ways: [
        { kind: 'app', name: '', contact: '', first: day },
        { kind: 'app', name: 'Pixel 9', contact: '', first: day },
        { kind: 'passkey', name: '', contact: '', first: day },
        { kind: 'text', name: '', contact: '613-555-0142', first: before, removed: { on: day, until: day } },
      ],
      former: [{ email: nadia.email, date: day }],
      sessions: [{ title: 'Firefox 145', place: 'Toronto, Canada', first: before, last: day }],
      browsers: [{ title: 'Safari 26', place: '2001:db8:85a3:8d3::/64', first: day, last: day }],
      products: [
        { name: ledger.name, first: day, last: day, scopes: '' },
        { name: longProduct.name, first: before, last: day, scopes: 'openid, email' },
      ],
      requests: [{ reference: 'KFM-273', reach: '+16135550123', words: 'My phone is lost.', when }],
      letters: [{ to: longNadia.email, when }],
      told: told.map((kind) => ({ product: ledger.name, kind, when })),
    }),
    true,
  ),
}

const brand = { name: 'Passerelle' }
const known = { ...happening, brand, notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE` }
const closing = { brand, closesAt: END.toISOString(), link: `https://account.example${urls.privacy}` }

export const letters: Record<string, LetterSample> = {
  'the account closes': (language) => closingLetter(language, { ...known, ...closing }),
  'the account closes soon': (language) => closesSoonLetter(language, closing),
  'the account stays': (language) => keptLetter(language, known),
  'the data was downloaded': (language) => exportedLetter(language, known),
}
