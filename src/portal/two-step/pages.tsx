/** Turning two-step verification on or off. */
import { Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type TwoStepProps = { frame: Frame; portal: Portal; isOn: boolean; problems?: ProblemTexts }

export const TwoStepPage = ({ frame, portal, isOn, problems = {} }: TwoStepProps) => {
  const t = texts.in(frame.language)
  const turn = isOn ? 'off' : 'on'
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
      title={t(`${turn}.title`)}
      lead={t(`${turn}.lead`)}
      problems={problems}
    >
      <p>{t(`${turn}.after`)}</p>
      <Form frame={frame} action={urls.twoStep} submit={t(`${turn}.submit`)} values={{ turn }} />
    </PortalPage>
  )
}
