/** The states of recovery codes, and their letter. */
import type { JourneyId } from '../../journey/journey.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { happening, type LetterSample, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { onTheWay, portalOf } from '../frame.ts'
import { codesMadeLetter } from './letters.ts'
import { CodesPage, NewCodesPage, type NewCodesProps } from './pages.tsx'
import { texts } from './texts.ts'

const CODES = [
  'JBSW-Y3DP-EHPK-3PXP',
  'MZXW-6YTB-OI2D-GNBV',
  'GEZD-GNBV-GY3T-QOJQ',
  'NBSW-Y3DP-EB3W-64TM',
  'ORSX-G5BA-GEZD-GNBV',
]
const ten = [...CODES, ...CODES.toReversed()]

const state =
  (left?: number): PageSample =>
  (frame) => {
    const made = dayWords(frame.language, new Date(happening.at))
    const portal = portalOf(frame.language, nadia.email)
    return <CodesPage frame={frame} portal={portal} codes={left === undefined ? undefined : { left, made }} />
  }

type Fresh = { done?: NewCodesProps['done']; isOver?: boolean; waits?: { id: JourneyId } }
const fresh =
  ({ done, isOver = false, waits }: Fresh = {}): PageSample =>
  (frame) => {
    const usual = portalOf(frame.language, nadia.email)
    return (
      <NewCodesPage
        frame={frame}
        portal={waits ? onTheWay(usual, waits, frame.language) : usual}
        action={urls.newRecoveryCodes}
        fileAction={urls.recoveryCodesFile}
        codes={ten}
        offer="sealed"
        done={done}
        problems={isOver ? { form: texts.in(frame.language)('offer-over') } : {}}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  'none yet': state(),
  'eight left': state(8),
  'ten new ones': fresh(),
  'ten new ones, after an app': fresh({ done: 'app' }),
  'ten new ones, a sign-in waits': fresh({ done: 'app', waits: { id: 'jrn_1' as JourneyId } }),
  'ten new ones, after a passkey': fresh({ done: 'passkey' }),
  'ten new ones, two-step verification was turned on': fresh({ done: 'two-step-on' }),
  'ten new ones, after texts': fresh({ done: 'text' }),
  'ten new ones, after calls': fresh({ done: 'voice' }),
  'open too long': fresh({ isOver: true }),
}

const made =
  (first: boolean): LetterSample =>
  (language) =>
    codesMadeLetter(language, {
      ...happening,
      brand: { name: 'Passerelle' },
      notMe: `https://account.example${urls.notMe}?link=Zk1rTmd4b2s3cVdtT0h5bEE`,
      first,
    })

export const letters: Record<string, LetterSample> = {
  'new codes': made(false),
  'the first codes': made(true),
}
