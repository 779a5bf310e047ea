/** The form of a sign-up, the page of its code, and what its link shows. */
import { CodeField, Field, Form, LinkButton, PasswordField, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, Note, Prose, strong } from '../../ui/notice.tsx'
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
  const labels = {
    email: t('email'),
    'first-name': t('firstName'),
    'last-name': t('lastName'),
    password: t('password'),
  }
  const line = (name: 'first-name' | 'last-name', value: string | undefined, autocomplete: string) => (
    <Field {...{ frame, name, label: labels[name], value, autocomplete }} problem={problems[name]} />
  )
  const hint = [pending && t('passwordKept'), t('passwordHint', { min: passwordMin })].filter(Boolean).join(' ')
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
  /** No code can be right any more: to have a new one sent is the way on. */
  spent?: boolean
}

export const VerifyPage = (props: VerifyProps) => {
  const { frame, action, resend, change, address, minutes, letter, meant, resent, problems = {}, spent = false } = props
  const t = texts.in(frame.language)
  const toChange = <a href={change}>{t('changeAddress')}</a>
  return (
    <Page
      frame={frame}
      title={t('verifyTitle')}
      lead={t('sentTo', { address: strong(address), minutes })}
      problems={problems}
      labels={{ code: t('code') }}
    >
      {spent ? (
        <Form frame={frame} id="resend" action={resend} submit={t('resend')} />
      ) : (
        <Note>{stateOf(t, letter, resent)}</Note>
      )}
      {meant && (
        <Note>
          <Prose>{t('meant', { address: strong(meant) })}</Prose> {toChange}
        </Note>
      )}
      <Form frame={frame} action={action} submit={t('verify')} quiet={spent}>
        <CodeField frame={frame} label={t('code')} problem={problems.code} refused={spent} />
      </Form>
      <After>
        {!spent && (
          <QuietButton frame={frame} action={resend}>
            {t('resend')}
          </QuietButton>
        )}{' '}
        {!meant && toChange}
      </After>
    </Page>
  )
}

/** What has become of the letter. Of one sent again, only what holds for the one before it too. */
function stateOf(t: ReturnType<typeof texts.in>, letter: LetterState | undefined, resent = false): string {
  if (letter === 'dead') return t('delivery.dead')
  if (resent) return [t(letter === 'delayed' ? 'resent.delayed' : 'resent'), t('junk')].join(' ')
  return [letter && t(`delivery.${letter}`), t('junk')].filter(Boolean).join(' ')
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
      {code && <Note>{t('linkWarning', { brand: frame.brand.name })}</Note>}
      {!here && !code && <LinkButton href={signIn}>{t('startAgain')}</LinkButton>}
    </Page>
  )
}
