/** The page that offers a passkey. */
import { PasskeyForm } from '../../ui/asking/passkey.tsx'
import { QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** Two-step verification, for which the passkey is asked after the password: off, or on, or `begins` with the first way. */
export type TwoStep = 'off' | 'begins' | 'on'

export type OfferProps = {
  frame: Frame
  action: string
  ask: string
  sealed: string
  later: string
  twoStep: TwoStep
  problems?: ProblemTexts
}

export const OfferPage = ({ frame, later, twoStep, problems, ...asked }: OfferProps) => {
  const t = texts.in(frame.language)
  const words = { submit: t('create'), failed: t('failed') }
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems}>
      <p>{t(twoStep)}</p>
      <PasskeyForm {...{ frame, ...asked, ...words }} ceremony="create" />
      <Alternatives>
        <QuietButton frame={frame} action={later}>
          {t('later')}
        </QuietButton>
      </Alternatives>
    </Page>
  )
}
