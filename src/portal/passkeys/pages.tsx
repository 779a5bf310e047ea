/** Creating a passkey. */

import { factorTexts } from '../../core/model/factor/texts.ts'
import { PasskeyForm, WithoutPasskey } from '../../ui/asking/passkey.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type NewPasskeyProps = {
  frame: Frame
  portal: Portal
  action: string
  ask: string
  sealed: string
  problems?: ProblemTexts
}

export const NewPasskeyPage = ({ frame, portal, action, ask, sealed, problems = {} }: NewPasskeyProps) => {
  const t = texts.in(frame.language)
  const back = sectionOf(portal, urls.factors)
  const opening = { frame, title: factorTexts.in(frame.language)('passkey.setUp'), lead: t('lead'), problems }
  return (
    <PortalPage portal={portal} current={urls.factors} back={back} {...opening}>
      <WithoutPasskey>{t('without')}</WithoutPasskey>
      <PasskeyForm {...{ frame, action, ask, sealed }} ceremony="create" submit={t('create')} failed={t('failed')}>
        <p>{t('how')}</p>
      </PasskeyForm>
    </PortalPage>
  )
}
