/** One field; and the same answer for every address. */
import { Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Note } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ForgotProps = { frame: Frame; action: string; signIn: string; email?: string; problems?: ProblemTexts }

export const ForgotPage = ({ frame, action, signIn, email, problems = {} }: ForgotProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems} labels={{ email: t('email') }}>
      <Form frame={frame} action={action} submit={t('submit')}>
        <Field
          frame={frame}
          name="email"
          type="email"
          label={t('email')}
          value={email}
          autocomplete="username"
          problem={problems.email}
        />
      </Form>
      <Alternatives>
        <a href={signIn}>{t('back')}</a>
      </Alternatives>
    </Page>
  )
}

export type SentProps = { frame: Frame; minutes: number; again: string; signIn: string }

export const SentPage = ({ frame, minutes, again, signIn }: SentProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('sentTitle')} lead={t('sentLead', { minutes })}>
      <Note>{t('sentHint')}</Note>
      <Alternatives>
        <a href={again}>{t('again')}</a> <a href={signIn}>{t('back')}</a>
      </Alternatives>
    </Page>
  )
}
