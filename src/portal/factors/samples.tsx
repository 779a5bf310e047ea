/** The states of the ways to sign in, and their letters. */

import type { RemovalProblem } from '../../core/operations/factor/remove-factor.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { addedLetter, removedLetter, renamedLetter } from './letters.ts'
import { type FactorLine, FactorsPage, NamePage, type TwoStep } from './pages.tsx'
import type { Completion } from './rules.ts'
import { texts } from './texts.ts'

type State = {
  ways?: number
  from?: number
  left?: number
  done?: Completion
  phone?: boolean
  alone?: boolean
  twoStep?: TwoStep
  problem?: RemovalProblem
}

const list =
  ({ ways = 0, from = 0, left, done, phone = true, alone = false, problem, twoStep }: State = {}): PageSample =>
  (frame) => {
    const day = dayWords(frame.language, new Date(happening.at))
    const factors: FactorLine[] = [
      { id: 'fac_1', kind: 'app', name: '', added: day, used: day },
      {
        id: 'fac_2',
        kind: 'app',
        name: 'Le téléphone du bureau, dans le tiroir du haut',
        added: day,
        used: undefined,
      },
    ]
    factors.push({ id: 'fac_3', kind: 'passkey', name: '', added: day, used: day })
    factors.push({ id: 'fac_4', kind: 'text', name: '', contact: '613-555-0142', added: day, used: day })
    factors.push({
      id: 'fac_5',
      kind: 'voice',
      name: 'La maison',
      contact: '613-555-0187',
      added: day,
      used: undefined,
    })
    factors.push({ id: 'fac_6', kind: 'email', name: '', contact: longNadia.email, added: day, used: undefined })
    return (
      <FactorsPage
        frame={frame}
        portal={portalOf(frame.language, nadia.email)}
        factors={alone ? factors.slice(2, 3) : factors.slice(from, ways)}
        hasPassword={!alone}
        twoStep={twoStep ?? (ways > 0 ? 'on' : 'off')}
        recovery={left === undefined ? undefined : { left, made: day, few: left <= 2 }}
        phone={phone}
        done={done}
        problems={problem ? { form: texts.in(frame.language)(problem) } : {}}
      />
    )
  }

const name =
  (tooLong = false): PageSample =>
  (frame) => (
    <NamePage
      frame={frame}
      portal={portalOf(frame.language, nadia.email)}
      way="fac_2"
      name="Le téléphone du bureau"
      problems={tooLong ? { name: texts.in(frame.language)('name-too-long', { limit: 60 }) } : {}}
    />
  )

export const pages: Record<string, PageSample> = {
  'nothing but a password': list(),
  'an app, no recovery codes': list({ ways: 1 }),
  'two apps, two codes left': list({ ways: 2, left: 2 }),
  'an app was added': list({ ways: 1, left: 10, done: 'app' }),
  'a passkey was made': list({ ways: 3, left: 10, done: 'passkey' }),
  'texts were set up': list({ ways: 4, left: 10, done: 'text' }),
  'calls were set up': list({ ways: 5, left: 10, done: 'voice' }),
  'a back-up address was set up': list({ ways: 6, left: 10, done: 'email' }),
  'no texts and calls here': list({ ways: 1, left: 10, phone: false }),
  'a passkey, no password': list({ alone: true }),
  'a passkey, two-step verification off': list({ ways: 3, from: 2, twoStep: 'off' }),
  'two-step verification was turned on': list({ ways: 3, from: 2, left: 10, done: 'two-step-on' }),
  'two-step verification was turned off': list({ ways: 3, left: 10, twoStep: 'off', done: 'two-step-off' }),
  'two-step verification is required': list({ ways: 1, left: 10, twoStep: 'required' }),
  'the only way in is not removed': list({ alone: true, left: 10, problem: 'only-way-in' }),
  'one was removed': list({ done: 'removed' }),
  'the last one cannot be removed': list({ ways: 1, left: 10, problem: 'last-way' }),
  'one was renamed': list({ ways: 2, left: 9, done: 'renamed' }),
  'codes were saved': list({ ways: 1, left: 10, done: 'kept' }),
  'another name': name(),
  'another name, too long': name(true),
}

const facts = {
  ...happening,
  brand: { name: 'Passerelle' },
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
  way: 'app' as const,
}

export const letters: Record<string, LetterSample> = {
  'a way was added': (language) => addedLetter(language, facts),
  'the first code was set up': (language) => addedLetter(language, { ...facts, twoStep: 'on' }),
  'a passkey was added': (language) => addedLetter(language, { ...facts, way: 'passkey' }),
  'a way was renamed, on the first of a month': (language) =>
    renamedLetter(language, { ...facts, at: '2026-12-01T10:02:00.000Z' }),
  'a way was removed': (language) => removedLetter(language, facts),
  'the last way was removed': (language) => removedLetter(language, { ...facts, twoStep: 'off' }),
}
