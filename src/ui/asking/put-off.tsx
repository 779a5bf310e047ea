/** What is asked for may be put off for a time. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { QuietButton } from '../form.tsx'
import type { Frame } from '../frame.ts'
import { Alternatives } from '../notice.tsx'

export const putOffTexts = defineTexts('put-off', {
  until: 'You can also do this later, until {date}.',
  later: 'Later',
})

/** Until when, in words, and where that is posted. */
export type Later = { date: string; action: string }

export const PutOff = ({ frame, later }: { frame: Frame; later: Later }) => {
  const t = putOffTexts.in(frame.language)
  return (
    <Alternatives>
      {t('until', { date: later.date })}{' '}
      <QuietButton frame={frame} action={later.action}>
        {t('later')}
      </QuietButton>
    </Alternatives>
  )
}
