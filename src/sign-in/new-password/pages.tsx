/** The page of a reset link. */
import { Form, LinkButton, PasswordField } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ResetProps = {
  frame: Frame
  action: string
  address: string
  passwordMin: number
  problems?: ProblemTexts
}

export const ResetPage = ({ frame, action, address, passwordMin, problems = {} }: ResetProps) => {
  const t = texts.in(frame.language)
  const labels = { 'new-password': t('password'), 'confirm-password': t('again') }
  return (
    <Page
      frame={frame}
      title={t('title')}
      lead={t('lead', { address: strong(address) })}
      problems={problems}
      labels={labels}
    >
      <Form frame={frame} action={action} submit={t('submit')}>
        <input type="hidden" autocomplete="username" value={address} />
        <PasswordField
          frame={frame}
          name="new-password"
          label={labels['new-password']}
          autocomplete="new-password"
          hint={t('hint', { min: passwordMin })}
          strength={{ atLeast: passwordMin }}
          problem={problems['new-password']}
        />
        <PasswordField
          frame={frame}
          name="confirm-password"
          label={labels['confirm-password']}
          autocomplete="new-password"
          problem={problems['confirm-password']}
        />
      </Form>
    </Page>
  )
}

export const DeadLinkPage = ({ frame, forgot }: { frame: Frame; forgot: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('deadTitle')} lead={t('deadLead')}>
      <LinkButton href={forgot}>{t('ask')}</LinkButton>
    </Page>
  )
}
