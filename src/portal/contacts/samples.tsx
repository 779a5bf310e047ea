/** The states of setting up where codes are sent to, and the letter. */
import { type ContactKind, isByPhone } from '../../core/model/factor/kinds.ts'
import { refused } from '../../platform/outcome.ts'
import type { LetterState } from '../../ui/asking/code.tsx'
import { type SentCodeProblem, sentCodeProblem } from '../../ui/asking/sent-code.tsx'
import { type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { newWayLetter } from './letters.ts'
import { ConfirmPage, ContactPage } from './pages.tsx'
import { texts } from './texts.ts'

type Own = Parameters<ReturnType<typeof texts.in>>[0]

const ask =
  (kind: ContactKind, problem?: Own, typed = ''): PageSample =>
  (frame) => (
    <ContactPage
      frame={problem ? { ...frame, draft: { number: typed, email: typed } } : frame}
      portal={portalOf(frame.language, nadia.email)}
      kind={kind}
      action={urls.newText}
      problems={
        problem ? { [isByPhone(kind) ? 'number' : 'email']: texts.in(frame.language)(problem, { most: 5 }) } : {}
      }
    />
  )

type Confirming = { contact?: string; news?: LetterState; problem?: SentCodeProblem }

const confirm =
  (kind: ContactKind, { contact = '613-555-0142', news, problem }: Confirming = {}): PageSample =>
  (frame) => (
    <ConfirmPage
      frame={problem === 'code-wrong' ? { ...frame, draft: { code: '482 914' } } : frame}
      portal={portalOf(frame.language, nadia.email)}
      kind={kind}
      contact={contact}
      action={urls.confirmContact}
      send={urls.sendContact}
      minutes={30}
      change={urls.newText}
      news={news}
      problems={problem ? { code: sentCodeProblem(frame.language, refused(problem)) } : {}}
    />
  )

export const pages: Record<string, PageSample> = {
  texts: ask('text'),
  calls: ask('voice'),
  'back-up address': ask('email'),
  'number missing': ask('text', 'number-missing'),
  'no number': ask('text', 'number-unusable', '12'),
  'number too short': ask('text', 'number-too-short', '613 555'),
  'number too long': ask('voice', 'number-too-long', '613 555 0142 0143'),
  'number with an extension': ask('voice', 'number-extension', '613 555 0142 ext. 7'),
  'number of a service': ask('voice', 'number-of-a-service', '1 900 555 0142'),
  'a landline for texts': ask('text', 'number-no-texts', '+33 1 42 68 53 00'),
  'own address': ask('email', 'own-address', nadia.email),
  'set up already': ask('text', 'has-already', '613 555 0142'),
  'too many of them': ask('text', 'too-many-ways', '613 555 0142'),
  'a text on its way': confirm('text', { news: 'waiting' }),
  'a call on its way': confirm('voice', { news: 'done' }),
  'an email on its way, long address': confirm('email', { contact: longNadia.email, news: 'waiting' }),
  'code missing': confirm('voice', { news: 'delayed', problem: 'code-missing' }),
  'a text that cannot be delivered': confirm('text', { news: 'dead' }),
  'code wrong': confirm('text', { news: 'done', problem: 'code-wrong' }),
}

export const letters: Record<string, LetterSample> = {
  'a code to a new back-up address': (language) =>
    newWayLetter(language, { brand: { name: 'Passerelle' }, code: '482914', minutes: 30 }),
  'a code to a new back-up address, after many': (language) =>
    newWayLetter(language, { brand: { name: 'Passerelle' }, code: '4829 1377 0526 9140 3318', minutes: 30, hours: 24 }),
}
