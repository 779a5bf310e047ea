/** The states of the link that undoes a change of address, and its letters. */
import { dayWords } from '../../ui/letter/happening.ts'
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { droppedLetter, undoneLetter } from './letters.ts'
import { AddressTakenPage, DeadUndoPage, UndoPage } from './pages.tsx'

const action = `${urls.undo}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

const taken =
  (address: string, support: string): PageSample =>
  (frame) => (
    <AddressTakenPage
      {...{ frame, action, address, support }}
      until={dayWords(frame.language, new Date('2026-11-29'))}
      signIn={urls.signIn}
    />
  )

export const pages: Record<string, PageSample> = {
  fresh: (frame) => <UndoPage frame={frame} action={action} address={nadia.email} />,
  'long address': (frame) => <UndoPage frame={frame} action={action} address={longNadia.email} />,
  'address taken': taken(nadia.email, 'aide@atelier.example'),
  'long address taken, nobody to ask is named': taken(longNadia.email, ''),
  'link dead': (frame) => <DeadUndoPage frame={frame} forgot={urls.forgot} support="aide@atelier.example" />,
  'link dead, nobody to ask is named': (frame) => <DeadUndoPage frame={frame} forgot={urls.forgot} support="" />,
}

const brand = { name: 'Passerelle' }
const notMe = `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`

export const letters: Record<string, LetterSample> = {
  'address back': (language) => undoneLetter(language, { ...happening, brand, notMe }),
  'address gone': (language) => droppedLetter(language, { brand }),
}
