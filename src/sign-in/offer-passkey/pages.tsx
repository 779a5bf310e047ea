/** The page that offers a passkey. */
import { PasskeyForm } from '../../ui/asking/passkey.tsx'
import { QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type OfferProps = {
  frame: Frame
  action: string
  ask: string
  sealed: string
  later: string
  /** The passkey will be asked for after the password: two-step verification is on, or will be by it. */
  isAsked: boolean
  problems?: ProblemTexts
}

export const OfferPage = ({ frame, later, isAsked, problems, ...asked }: OfferProps) => {
  const t = texts.in(frame.language)
  const words = { submit: t('create'), failed: t('failed') }
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems}>
      <p>{t(isAsked ? 'asked' : 'after')}</p>
      <PasskeyForm {...{ frame, ...asked, ...words }} deed="create" />
      <After>
        <QuietButton frame={frame} action={later}>
          {t('later')}
        </QuietButton>
      </After>
    </Page>
  )
}
