/** Recovery codes: how many are left, and ten new ones. */
import type { FactorKind, SecondFactorKind } from '../../core/model/factor/kinds.ts'
import { factorTexts } from '../../core/model/factor/texts.ts'
import { CopyButton, Form, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Card, Note } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

type Props = { frame: Frame; portal: Portal }

/** `made`: the day, in words. */
export type CodesProps = Props & { codes: { left: number; made: string } | undefined }

export const CodesPage = ({ frame, portal, codes }: CodesProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
      title={t('title')}
      lead={t('lead')}
    >
      <p>{codes ? t('left', { left: codes.left, date: codes.made }) : t('none')}</p>
      <QuietButton frame={frame} action={urls.recoveryCodes} look="button">
        {t('make')}
      </QuietButton>
      {codes && <p class="hint">{t('makeHint')}</p>}
    </PortalPage>
  )
}

export type NewCodesProps = Props & {
  action: string
  fileAction: string
  codes: readonly string[]
  /** The same, sealed: the form brings them back. */
  offer: string
  /** What was set up or turned on just now. */
  done?: (FactorKind & SecondFactorKind) | 'two-step-on' | undefined
  problems?: ProblemTexts
}

export const NewCodesPage = (props: NewCodesProps) => {
  const { frame, portal, action, fileAction, codes, offer, done, problems = {} } = props
  const t = texts.in(frame.language)
  const opening = { frame, title: t('newTitle'), lead: t('newLead'), problems }
  return (
    <PortalPage portal={portal} current={urls.factors} back={sectionOf(portal, urls.factors)} {...opening}>
      {done && (
        <Note>{done === 'two-step-on' ? t('twoStepOn') : factorTexts.in(frame.language)(`${done}.codesNext`)}</Note>
      )}
      <Card>
        <ol class="codes" id="codes" aria-label={t('list')}>
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div class="beside">
          <CopyButton frame={frame} of="codes" />
          <QuietButton frame={frame} action={fileAction} values={{ offer }}>
            {t('download')}
          </QuietButton>
        </div>
      </Card>
      <Form frame={frame} action={action} submit={t('saved')} values={{ offer }} />
    </PortalPage>
  )
}
