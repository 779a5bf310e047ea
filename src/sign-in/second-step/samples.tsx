/** The states of the second step, and its letters. */
import { happening, type LetterSample, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { recoveryLetter, refusedLetter } from './letters.ts'
import { SecondStepPage, type SecondStepProps, type Way, WaysPage } from './pages.tsx'
import { RECOVERY, type SecondStepProblem } from './rules.ts'
import { texts } from './texts.ts'

const app: Way = { id: 'fac_1', kind: 'app', name: '' }
const named: Way = { id: 'fac_2', kind: 'app', name: 'Le téléphone du bureau' }
const key: Way = { id: 'fac_3', kind: 'passkey', name: '' }
const recovery: Way = { id: RECOVERY, kind: 'recovery', name: '' }

const page =
  (more: Partial<SecondStepProps> = {}): PageSample =>
  (frame) => (
    <SecondStepPage
      frame={frame}
      action={urls.secondStep}
      otherWays={urls.secondStepWays}
      way={app}
      address={nadia.email}
      days={30}
      {...more}
    />
  )

const refused =
  (reason: SecondStepProblem): PageSample =>
  (frame) =>
    page({ problems: { [reason === 'too-many' ? 'form' : 'code']: texts.in(frame.language)(reason) } })({
      ...frame,
      draft: { code: '482 914', remember: 'yes' },
    })

export const pages: Record<string, PageSample> = {
  'a code of the app': page(),
  'an app with a name, a product waits, long address': (frame) =>
    page({ way: named, address: longNadia.email })({ ...frame, toward: ledger }),
  'a passkey': page({ way: key, passkey: { ask: '{}', sealed: 'sealed' } }),
  'a passkey refused': (frame) =>
    page({
      way: key,
      passkey: { ask: '{}', sealed: 'sealed' },
      problems: { form: texts.in(frame.language)('passkey-refused') },
    })(frame),
  'a recovery code': page({ way: recovery }),
  'code missing': refused('code-missing'),
  'code wrong': refused('code-wrong'),
  'code used already': refused('code-used'),
  'too many codes': refused('too-many'),
  'another way': (frame) => (
    <WaysPage
      frame={frame}
      ways={[app, named, key, recovery].map((way) => ({ ...way, href: urls.secondStep }))}
      back={urls.secondStep}
      support=""
    />
  ),
}

const facts = {
  ...happening,
  brand: 'Passerelle',
  notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
}

export const letters: Record<string, LetterSample> = {
  'wrong codes after a right password': (language) => refusedLetter(language, facts),
  'a recovery code was used': (language) => recoveryLetter(language, { ...facts, left: 2 }),
}
