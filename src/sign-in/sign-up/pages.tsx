/** The form of a sign-up, the page of its code, and what its link shows. */
import { CodePage, type CodeProps, codeTexts } from '../../ui/asking/code.tsx'
import { CodeLink, DeadLink, linkTexts } from '../../ui/asking/link.tsx'
import { PasskeyForm, PasskeyWay, WithoutPasskey } from '../../ui/asking/passkey.tsx'
import { Field, Form, PasswordField } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Divider, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type SignUpProps = {
  frame: Frame
  action: string
  signIn: string
  passwordMin: number
  /** What was typed before, when the person comes back to correct it, and what they keep if they type no password. */
  pending?:
    | { email: string; firstName: string; lastName: string; keeps?: 'password' | 'passkey' | undefined }
    | undefined
  problems?: ProblemTexts
}

export const SignUpPage = ({ frame, action, signIn, passwordMin, pending, problems = {} }: SignUpProps) => {
  const t = texts.in(frame.language)
  const labels = {
    email: t('email'),
    'first-name': t('firstName'),
    'last-name': t('lastName'),
    password: t('password'),
  }
  const line = (name: 'first-name' | 'last-name', value: string | undefined, autocomplete: string) => (
    <Field {...{ frame, name, label: labels[name], value, autocomplete }} problem={problems[name]} />
  )
  const kept = pending?.keeps && t(`${pending.keeps}Kept`)
  const hint = [kept, t('passwordHint', { min: passwordMin })].filter(Boolean).join(' ')
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems} labels={labels}>
      <Form frame={frame} action={action} submit={t('submit')}>
        <Field
          frame={frame}
          name="email"
          type="email"
          label={labels.email}
          value={pending?.email}
          autocomplete="username"
          problem={problems.email}
        />
        {line('first-name', pending?.firstName, 'given-name')}
        {line('last-name', pending?.lastName, 'family-name')}
        <PasswordField
          frame={frame}
          name="password"
          label={labels.password}
          autocomplete="new-password"
          hint={hint}
          strength={{ atLeast: passwordMin }}
          problem={problems.password}
        />
      </Form>
      <PasskeyWay>
        <Divider>{t('or')}</Divider>
        <button type="submit" form="form" name="way" value="passkey" class="button quiet">
          {t('byPasskey')}
        </button>
      </PasskeyWay>
      <Alternatives>
        {t('known')} <a href={signIn}>{t('signIn')}</a>
      </Alternatives>
    </Page>
  )
}

export type SignUpPasskeyProps = {
  frame: Frame
  action: string
  ask: string
  sealed: string
  address: string
  back: string
  problems?: ProblemTexts
}

export const SignUpPasskeyPage = (props: SignUpPasskeyProps) => {
  const { frame, address, back, problems = {}, ...asked } = props
  const t = texts.in(frame.language)
  const lead = t('passkey.lead', { address: strong(address) })
  const words = { submit: t('passkey.create'), failed: t('passkey.failed') }
  return (
    <Page frame={frame} title={t('passkey.title')} lead={lead} problems={problems}>
      <WithoutPasskey>{t('passkey.without')}</WithoutPasskey>
      <PasskeyForm {...{ frame, ...asked, ...words }} ceremony="create">
        <p>{t('passkey.how')}</p>
      </PasskeyForm>
      <Alternatives>
        <a href={back}>{t('passkey.back')}</a>
      </Alternatives>
    </Page>
  )
}

export type VerifyProps = CodeProps & { address: string; minutes: number }

export const VerifyPage = ({ address, minutes, ...asked }: VerifyProps) => {
  const lead = texts.in(asked.frame.language)('sentTo', { address: strong(address), minutes })
  return <CodePage {...asked} lead={lead} />
}

export type LinkProps = {
  frame: Frame
  signIn: string
  /** In the browser that asked: what the button posts. Elsewhere: the code to type. Neither: the link is dead… */
  here?: { action: string; link: string } | undefined
  code?: string | undefined
  /** … and its browser may have a new code sent, while the sign-up waits. */
  resend?: string | undefined
}

export const LinkPage = ({ frame, signIn, here, code, resend }: LinkProps) => {
  const t = texts.in(frame.language)
  if (resend)
    return (
      <Page frame={frame} title={linkTexts.in(frame.language)('dead')} lead={t('deadHere')}>
        <Form frame={frame} action={resend} submit={codeTexts.in(frame.language)('resend')} />
      </Page>
    )
  if (!here && !code) return <DeadLink frame={frame} lead={t('deadLead')} way={{ href: signIn, label: t('signIn') }} />
  return <CodeLink {...{ frame, here, code }} lead={t(here ? 'linkHere' : 'linkElsewhere')} />
}
