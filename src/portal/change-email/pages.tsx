/** The page of the address, the page of the code for a new one, and what its link shows. */
import { CodeField, Field, Form, LinkButton, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page, type Portal, PortalPage } from '../../ui/layout.tsx'
import { After, Note, Prose, Support, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type EmailProps = {
  frame: Frame
  portal: Portal
  action: string
  address: string
  /** What was typed before, when the person comes back to correct it. */
  pending?: string | undefined
  problems?: ProblemTexts
}

export const EmailPage = ({ frame, portal, action, address, pending, problems = {} }: EmailProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage
      {...{ frame, portal, problems }}
      current={action}
      title={t('title')}
      lead={t('lead', { address: strong(address) })}
      labels={{ email: t('email') }}
    >
      <Form frame={frame} action={action} submit={t('submit')}>
        <Field
          frame={frame}
          name="email"
          type="email"
          label={t('email')}
          value={pending}
          autocomplete="email"
          hint={t('warning')}
          problem={problems.email}
        />
      </Form>
    </PortalPage>
  )
}

export type FixedEmailProps = { frame: Frame; portal: Portal; current: string; address: string; support: string }

/** Where the person cannot change the address: whom to ask. */
export const FixedEmailPage = ({ frame, portal, current, address, support }: FixedEmailProps) => {
  const t = texts.in(frame.language)
  const lead = `${t('lead', { address: strong(address) })} ${t('fixed')}`
  return (
    <PortalPage {...{ frame, portal, current, lead }} title={t('title')}>
      <Support frame={frame} support={support} />
    </PortalPage>
  )
}

/** What is known of the letter. */
export type LetterState = 'waiting' | 'delayed' | 'done' | 'dead'

export type VerifyEmailProps = {
  frame: Frame
  portal: Portal
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

export const VerifyEmailPage = (props: VerifyEmailProps) => {
  const { frame, portal, action, resend, change, address, minutes, meant, problems = {}, spent = false } = props
  const t = texts.in(frame.language)
  const toChange = <a href={change}>{t('changeAddress')}</a>
  return (
    <PortalPage
      {...{ frame, portal, problems }}
      current={change}
      back={{ href: change, label: t('back') }}
      title={t('verifyTitle')}
      lead={t('sentTo', { address: strong(address), minutes })}
      labels={{ code: t('code') }}
    >
      {spent ? (
        <Form frame={frame} id="resend" action={resend} submit={t('resend')} />
      ) : (
        <Note>{stateOf(t, props)}</Note>
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
    </PortalPage>
  )
}

/** What has become of the letter. */
function stateOf(t: ReturnType<typeof texts.in>, { letter, resent }: VerifyEmailProps): string {
  if (letter === 'dead') return t('delivery.dead')
  return [resent ? t('resent') : letter && t(`delivery.${letter}`), t('junk')].filter(Boolean).join(' ')
}

export type EmailLinkProps = {
  frame: Frame
  account: string
  /** In the browser that asked: what the button posts, and the new address. */
  here?: { action: string; link: string; address: string } | undefined
  /** Elsewhere: the code to type. Neither: the link is dead. */
  code?: string | undefined
}

export const EmailLinkPage = ({ frame, account, here, code }: EmailLinkProps) => {
  const t = texts.in(frame.language)
  const lead = here ? t('linkHere', { address: strong(here.address) }) : code ? t('linkElsewhere') : t('linkDead')
  return (
    <Page frame={frame} title={t('linkTitle')} lead={lead}>
      {here && <Form frame={frame} action={here.action} submit={t('confirm')} values={{ link: here.link }} />}
      {code && <p class="digits">{code}</p>}
      {code && <Note>{t('linkWarning', { brand: frame.brand.name })}</Note>}
      {!here && !code && <LinkButton href={account}>{t('account')}</LinkButton>}
    </Page>
  )
}
