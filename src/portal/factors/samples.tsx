/** The states of the ways to sign in, and their letters. */
import { MOST_OF_A_KIND } from '../../core/factor/change.ts'
import { keyUri } from '../../core/factor/totp.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { happening, type LetterSample, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { addedLetter, removedLetter, renamedLetter } from './letters.ts'
import { type Deed, type FactorLine, FactorsPage, NamePage, NewAppPage } from './pages.tsx'
import type { AppProblem } from './rules.ts'
import { texts } from './texts.ts'

type State = { ways?: number; left?: number; done?: Deed; alone?: boolean; onlyWayIn?: boolean }

const list =
  ({ ways = 0, left, done, alone = false, onlyWayIn }: State = {}): PageSample =>
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
    return (
      <FactorsPage
        frame={frame}
        portal={portalOf(frame.language, nadia.email)}
        factors={alone ? factors.slice(2) : factors.slice(0, ways)}
        hasPassword={!alone}
        problems={onlyWayIn ? { form: texts.in(frame.language)('only-way-in') } : {}}
        recovery={left === undefined ? undefined : { left, made: day }}
        done={done}
      />
    )
  }

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const newApp =
  (problem?: AppProblem, { email } = nadia): PageSample =>
  (frame) => {
    const field = problem === 'offer-over' || problem === 'too-many-ways' ? 'form' : 'code'
    return (
      <NewAppPage
        frame={problem ? { ...frame, draft: { code: '482 914' } } : frame}
        portal={portalOf(frame.language, email)}
        uri={keyUri(SECRET, { issuer: frame.brand.name, person: email })}
        secret={SECRET}
        offer="sealed"
        address={email}
        problems={problem ? { [field]: texts.in(frame.language)(problem, { most: MOST_OF_A_KIND.app }) } : {}}
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
  'an app was added': list({ ways: 1, left: 10, done: 'added' }),
  'a passkey was made': list({ ways: 3, left: 10, done: 'passkey' }),
  'a passkey, no password': list({ alone: true }),
  'the only way in is not removed': list({ alone: true, left: 10, onlyWayIn: true }),
  'one was removed': list({ done: 'removed' }),
  'one was renamed': list({ ways: 2, left: 9, done: 'renamed' }),
  'codes were saved': list({ ways: 1, left: 10, done: 'kept' }),
  'a new app': newApp(),
  'a new app, long address': newApp(undefined, longNadia),
  'a new app, code missing': newApp('code-missing'),
  'a new app, code wrong': newApp('code-wrong'),
  'a new app, open too long': newApp('offer-over'),
  'a new app, too many': newApp('too-many-ways'),
  'another name': name(),
  'another name, too long': name(true),
}

const facts = {
  ...happening,
  brand: 'Passerelle',
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
  way: 'app' as const,
}

export const letters: Record<string, LetterSample> = {
  'a way was added': (language) => addedLetter(language, { ...facts, name: '' }),
  'a passkey was added': (language) => addedLetter(language, { ...facts, way: 'passkey', name: '' }),
  'a way was renamed': (language) => renamedLetter(language, { ...facts, name: 'Pixel 9' }),
  'a way was removed': (language) => removedLetter(language, { ...facts, name: 'Pixel 9' }),
}
