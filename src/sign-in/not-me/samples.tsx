/** The states of "It was not me". */
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { securedLetter } from './letters.ts'
import { DeadNoticePage, NextPage, NotMePage } from './pages.tsx'

const action = `${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

const ways = { support: 'aide@atelier.example', forgot: urls.forgot, signIn: urls.signIn }

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <NotMePage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <NotMePage frame={frame} action={action} address={longNadia.email} />,
  'the link was mailed': (frame) => <NextPage frame={frame} next="mailed" {...ways} />,
  'the link was mailed earlier': (frame) => <NextPage frame={frame} next="mailed-earlier" {...ways} />,
  'another account has the address': (frame) => <NextPage frame={frame} next="address-taken" {...ways} />,
  'another mailbox comes first': (frame) => <NextPage frame={frame} next="outranked" {...ways} support="" />,
  'link dead': (frame) => <DeadNoticePage frame={frame} forgot={urls.forgot} />,
}

const link = `https://account.example${urls.reset}?link=Zk1rTmd4b2s3cVdtT0h5bEE`
const secured =
  (removed: number, restored: number, askedHours?: number): LetterSample =>
  (language) =>
    securedLetter(language, { ...happening, brand: { name: 'Passerelle' }, link, removed, restored, askedHours })

export const letters: Record<string, LetterSample> = {
  'taken back': secured(0, 0),
  'taken back, ways too': secured(1, 2),
  'taken back by a mailbox of before': secured(0, 0, 72),
}
