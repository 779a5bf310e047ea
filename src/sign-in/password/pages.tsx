/** The sign-in page. */

import { PasskeyForm, SaysWhetherItMakesPasskeys } from '../../ui/asking/passkey.tsx'
import { Field, Form, PasswordField } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Divider, Note } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** Something that has just happened, and is why the person is here. */
export type JustDone =
  | 'reset'
  | 'has-account'
  | 'signed-out'
  | 'unblocked'
  | 'once-more'
  | 'email-changed'
  | 'closing'
  | 'passkey-refused'
  | 'older-way'

export type SignInProps = {
  frame: Frame
  action: string
  signUp: string
  forgot: string
  email?: string
  justDone?: JustDone | undefined
  /** What the browser is asked for, if it has a passkey. */
  passkey: { action: string; ask: string; sealed: string }
  problems?: ProblemTexts
}

export const SignInPage = (props: SignInProps) => {
  const { frame, action, signUp, forgot, email, justDone, passkey, problems = {} } = props
  const t = texts.in(frame.language)
  const labels = { email: t('email'), password: t('password') }
  const refused = problems.form !== undefined
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems} labels={labels}>
      {justDone && <Note>{t(`done.${justDone}`)}</Note>}
      <Form frame={frame} action={action} submit={t('submit')}>
        <SaysWhetherItMakesPasskeys />
        <Field
          frame={frame}
          name="email"
          type="email"
          label={labels.email}
          value={email}
          autocomplete="username webauthn"
          problem={problems.email}
          refused={refused}
        />
        <PasswordField
          frame={frame}
          name="password"
          label={labels.password}
          autocomplete="current-password"
          problem={problems.password}
          refused={refused}
        >
          <p class="hint">
            <a href={forgot}>{t('forgot')}</a>
          </p>
        </PasswordField>
      </Form>
      <PasskeyForm
        frame={frame}
        ceremony="get"
        {...passkey}
        submit={t('passkey')}
        failed={t('passkeyFailed')}
        conditional
        quiet
      >
        <Divider>{t('or')}</Divider>
      </PasskeyForm>
      <Alternatives>
        {t('first')} <a href={signUp}>{t('signUp')}</a>
      </Alternatives>
    </Page>
  )
}
