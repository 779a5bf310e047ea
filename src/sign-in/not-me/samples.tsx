/** The states of "It was not me". */
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { securedLetter } from './letters.ts'
import { DeadNoticePage, MailedPage, NotMePage } from './pages.tsx'

const action = `${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <NotMePage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <NotMePage frame={frame} action={action} address={longNadia.email} />,
  'the link was mailed': (frame) => <MailedPage frame={frame} isEarlier={false} />,
  'the link was mailed earlier': (frame) => <MailedPage frame={frame} isEarlier />,
  'link dead': (frame) => <DeadNoticePage frame={frame} why="link-dead" forgot={urls.forgot} />,
  'address taken': (frame) => <DeadNoticePage frame={frame} why="address-taken" forgot={urls.forgot} />,
}

const link = `https://account.example${urls.reset}?link=Zk1rTmd4b2s3cVdtT0h5bEE`
const secured =
  (removed: number, restored: number): LetterSample =>
  (language) =>
    securedLetter(language, { ...happening, brand: 'Passerelle', link, removed, restored })

export const letters: Record<string, LetterSample> = {
  'taken back': secured(0, 0),
  'taken back, ways too': secured(1, 2),
}
