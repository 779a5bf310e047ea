/** The states of two-step verification, and its letters. */
import { happening, type LetterSample, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { turnedOffLetter, turnedOnLetter } from './letters.ts'
import { TwoStepPage } from './pages.tsx'
import type { TwoStepProblem } from './rules.ts'
import { texts } from './texts.ts'

const page =
  (isOn: boolean, problem?: TwoStepProblem): PageSample =>
  (frame) => (
    <TwoStepPage
      frame={frame}
      portal={portalOf(frame.language, nadia.email)}
      isOn={isOn}
      problems={problem ? { form: texts.in(frame.language)(problem) } : {}}
    />
  )

export const pages: Record<string, PageSample> = {
  off: page(false),
  'off, and no way is left': page(false, 'no-way'),
  on: page(true),
  'on, and required': page(true, 'required'),
}

const facts = {
  ...happening,
  brand: { name: 'Passerelle' },
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
}

export const letters: Record<string, LetterSample> = {
  'turned on': (language) => turnedOnLetter(language, facts),
  'turned off': (language) => turnedOffLetter(language, facts),
}
