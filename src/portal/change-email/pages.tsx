/** The page of the address, the page of the code for a new one, and what its link shows. */
import { AskForCode, type CodeProps, codeProblems, codeTexts } from '../../ui/asking/code.tsx'
import { CodeLink, DeadLink } from '../../ui/asking/link.tsx'
import { Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Support, strong } from '../../ui/notice.tsx'
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

export type VerifyEmailProps = CodeProps & {
  portal: Portal
  change: string
  address: string
  minutes: number
}

export const VerifyEmailPage = ({ portal, address, minutes, ...asked }: VerifyEmailProps) => {
  const { frame, change } = asked
  const t = texts.in(frame.language)
  return (
    <PortalPage
      {...{ frame, portal }}
      current={change}
      back={{ href: change, label: t('title') }}
      title={codeTexts.in(frame.language)('code')}
      lead={t('sentTo', { address: strong(address), minutes })}
      {...codeProblems(asked)}
    >
      <AskForCode {...asked} />
    </PortalPage>
  )
}

export type EmailLinkProps = {
  frame: Frame
  change: string
  /** In the browser that asked: what the button posts, and the new address. */
  here?: { action: string; link: string; address: string } | undefined
  /** Elsewhere: the code to type. Neither: the link is dead. */
  code?: string | undefined
}

export const EmailLinkPage = ({ frame, change, here, code }: EmailLinkProps) => {
  const t = texts.in(frame.language)
  if (!here && !code) {
    const label = codeTexts.in(frame.language)('change')
    return <DeadLink frame={frame} lead={t('deadLead')} way={{ href: change, label }} />
  }
  const lead = here ? t('linkHere', { address: strong(here.address) }) : t('linkElsewhere')
  return <CodeLink {...{ frame, lead, here, code }} />
}
