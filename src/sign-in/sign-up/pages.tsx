/** The form of a sign-up, the page of its code, and what its link shows. */
import { CodeField, Field, Form, LinkButton, PasswordField, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, Note, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type SignUpProps = {
  frame: Frame
  action: string
  signIn: string
  passwordMin: number
  /** What was typed before, when the person comes back to correct it. */
  pending?: { email: string; firstName: string; lastName: string } | undefined
  problems?: ProblemTexts
}

export const SignUpPage = ({ frame, action, signIn, passwordMin, pending, problems = {} }: SignUpProps) => {
  const t = texts.in(frame.language)
  const line = (name: string, label: string, value: string | undefined, autocomplete: string) => (
    <Field {...{ frame, name, label, value, autocomplete }} problem={problems[name]} />
  )
  const hint = [pending && t('passwordKept'), t('passwordHint', { min: passwordMin })].filter(Boolean).join(' ')
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} problems={problems}>
      <Form frame={frame} action={action} submit={t('submit')}>
        <Field
          frame={frame}
          name="email"
          type="email"
          label={t('email')}
          value={pending?.email}
          autocomplete="username"
          problem={problems.email}
        />
        {line('first-name', t('firstName'), pending?.firstName, 'given-name')}
        {line('last-name', t('lastName'), pending?.lastName, 'family-name')}
        <PasswordField
          frame={frame}
          name="password"
          label={t('password')}
          autocomplete="new-password"
          hint={hint}
          strength={{ atLeast: passwordMin }}
          problem={problems.password}
        />
      </Form>
      <After>
        {t('known')} <a href={signIn}>{t('signIn')}</a>
      </After>
    </Page>
  )
}

/** What is known of the letter. */
export type LetterState = 'waiting' | 'delayed' | 'done' | 'dead'

export type VerifyProps = {
  frame: Frame
  action: string
  resend: string
  change: string
  address: string
  minutes: number
  letter?: LetterState | undefined
  meant?: string | undefined
  resent?: boolean
  problems?: ProblemTexts
}

export const VerifyPage = (props: VerifyProps) => {
  const { frame, action, resend, change, address, minutes, letter, meant, resent, problems = {} } = props
  const t = texts.in(frame.language)
  return (
    <Page
      frame={frame}
      title={t('verifyTitle')}
      lead={t('sentTo', { address: strong(address), minutes })}
      problems={problems}
    >
      {resent && <Note>{t('resent')}</Note>}
      <Note>
        {letter === 'dead'
          ? t('delivery.dead')
          : [letter && t(`delivery.${letter}`), t('junk')].filter(Boolean).join(' ')}
      </Note>
      {meant && <Note>{t('meant', { address: strong(meant) })}</Note>}
      <Form frame={frame} action={action} submit={t('verify')}>
        <CodeField frame={frame} label={t('code')} problem={problems.code} />
      </Form>
      <After>
        <QuietButton frame={frame} action={resend}>
          {t('resend')}
        </QuietButton>{' '}
        <a href={change}>{t('changeAddress')}</a>
      </After>
    </Page>
  )
}

export type LinkProps = {
  frame: Frame
  signIn: string
  /** In the browser that asked: what the button posts. Elsewhere: the code to type. Neither: the link is dead. */
  here?: { action: string; link: string } | undefined
  code?: string | undefined
}

export const LinkPage = ({ frame, signIn, here, code }: LinkProps) => {
  const t = texts.in(frame.language)
  const lead = here ? t('linkHere') : code ? t('linkElsewhere') : t('linkDead')
  return (
    <Page frame={frame} title={t('linkTitle')} lead={lead}>
      {here && <Form frame={frame} action={here.action} submit={t('confirm')} values={{ link: here.link }} />}
      {code && <p class="digits">{code}</p>}
      {!here && !code && <LinkButton href={signIn}>{t('startAgain')}</LinkButton>}
    </Page>
  )
}
