/** The states of the page of what happened. */

import { isShown, kinds, type ShownKind } from '../../core/events/catalogue.ts'
import { browserWords, whenWords } from '../../ui/letter/happening.ts'
import { happening, ledger, longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { ActivityPage, type ActivityProps } from './pages.tsx'

type Given = Partial<Pick<ActivityProps, 'older' | 'isNewest'>> & {
  person?: string
  place?: string
  acts: readonly { kind: ShownKind; count?: number; atLeast?: boolean; matters?: boolean; alone?: boolean }[]
}

const activity =
  ({ person = nadia.email, place = happening.place, older, isNewest = true, acts }: Given): PageSample =>
  (frame) => {
    const { language } = frame
    const when = whenWords(language, new Date(happening.at), happening.timeZone)
    const lines = acts.map(({ kind, count = 1, atLeast = false, matters = false, alone }, at) => ({
      id: `evt_${String(at).padStart(32, '0')}`,
      kind,
      count,
      atLeast,
      matters,
      when,
      product: ledger.name,
      ...(kind.startsWith('factor-') && { way: 'passkey' as const }),
      ...(!alone && { place, browser: browserWords(language, happening.userAgent) }),
    }))
    return <ActivityPage {...{ frame, lines, older, isNewest }} portal={portalOf(language, person)} />
  }

const everyKind = kinds.filter(isShown)

const everything = (from: number): PageSample =>
  activity({
    acts: everyKind.slice(from, from + 12).map((kind) => ({ kind, matters: true })),
    isNewest: false,
    older: 'evt_0',
    person: longNadia.email,
    place: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, United Kingdom',
  })

export const pages: Record<string, PageSample> = {
  'nothing yet': activity({ acts: [] }),
  'a few things': activity({
    acts: [
      { kind: 'signed-in', matters: true },
      { kind: 'sign-in-refused', count: 5 },
      { kind: 'sign-in-doubted', count: 10, atLeast: true, matters: true },
      { kind: 'sign-in-refused', count: 1_280, atLeast: true },
      { kind: 'password-changed', matters: true },
      { kind: 'account-unblocked', matters: true, alone: true },
      { kind: 'account-created' },
    ],
    older: 'evt_4',
  }),
  'everything there is, on older pages': everything(0),
  'everything there is, further on': everything(12),
  'everything there is, at the end': everything(24),
  'the last there is': everything(36),
}
