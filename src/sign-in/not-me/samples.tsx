/** The states of "It was not me". */
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { securedLetter } from './letters.ts'
import { DeadNoticePage, NextPage, NotMePage } from './pages.tsx'

const action = `${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

const support = { support: 'aide@atelier.example', forgot: urls.forgot }

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <NotMePage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <NotMePage frame={frame} action={action} address={longNadia.email} />,
  'the link was mailed': (frame) => <NextPage frame={frame} next="mailed" {...support} />,
  'the link was mailed earlier': (frame) => <NextPage frame={frame} next="mailed-earlier" {...support} />,
  'another account has the address': (frame) => <NextPage frame={frame} next="address-taken" {...support} />,
  'another mailbox comes first': (frame) => <NextPage frame={frame} next="outranked" support="" forgot={urls.forgot} />,
  'link dead': (frame) => <DeadNoticePage frame={frame} forgot={urls.forgot} />,
}

const link = `https://account.example${urls.reset}?link=Zk1rTmd4b2s3cVdtT0h5bEE`
const secured =
  (removed: number, restored: number, askedHours?: number): LetterSample =>
  (language) =>
    securedLetter(language, { ...happening, brand: 'Passerelle', link, removed, restored, askedHours })

export const letters: Record<string, LetterSample> = {
  'taken back': secured(0, 0),
  'taken back, ways too': secured(1, 2),
  'taken back by a mailbox of before': secured(0, 0, 72),
}
