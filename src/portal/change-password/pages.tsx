/** The page of account management that changes the password. */

import { CurrentPassword, NewPasswordFields, newPasswordLabels } from '../../ui/asking/new-password.tsx'
import { Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Note } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `first`: there was none before. */
export type Confirmation = 'changed' | 'first'

export type ChangePasswordProps = {
  frame: Frame
  portal: Portal
  action: string
  address: string
  forgot: string
  /** There is none yet. */
  first?: boolean
  passwordMin: number
  done?: Confirmation | undefined
  problems?: ProblemTexts
}

export const ChangePasswordPage = (props: ChangePasswordProps) => {
  const { frame, portal, action, address, forgot, first, passwordMin: min, done, problems = {} } = props
  const t = texts.in(frame.language)
  const opening = {
    frame,
    title: t('title'),
    lead: t(first ? 'lead.first' : 'lead'),
    problems,
    labels: newPasswordLabels(frame),
  }
  return (
    <PortalPage portal={portal} current={action} {...opening}>
      {done && <Note>{t(`done.${done}`)}</Note>}
      <Form frame={frame} action={action} submit={t(first ? 'submit.first' : 'submit')}>
        {!first && (
          <CurrentPassword {...{ frame, problems }}>
            <p class="hint">
              <a href={forgot}>{t('forgot')}</a>
            </p>
          </CurrentPassword>
        )}
        <NewPasswordFields frame={frame} address={address} min={min} problems={problems} />
      </Form>
    </PortalPage>
  )
}
