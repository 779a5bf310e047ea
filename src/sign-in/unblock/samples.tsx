/** The states of an unblock link, and the letter it comes with. */
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { blockedLetter } from './letters.ts'
import { DeadUnblockPage, UnblockPage } from './pages.tsx'

const action = `${urls.unblock}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <UnblockPage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <UnblockPage frame={frame} action={action} address={longNadia.email} />,
  'box not ticked': (frame) => <UnblockPage {...{ frame, action }} address={nadia.email} unticked="was-me" />,
  'link dead': (frame) => <DeadUnblockPage frame={frame} forgot={urls.forgot} />,
}

const blocked =
  (until: string, link: string): LetterSample =>
  (language) =>
    blockedLetter(language, { ...happening, brand: { name: 'Passerelle' }, failures: 10, until, link })

export const letters: Record<string, LetterSample> = {
  blocked: blocked('2026-11-22T11:02:00.000Z', `https://account.example${action}`),
  'password off': blocked('', `https://account.example${urls.forgot}`),
}
