/** What the link of a letter leads to: opening it changes nothing, a button does. */
import type { PropsWithChildren } from 'hono/jsx'
import { defineTexts } from '../../platform/languages/languages.ts'
import { Form, LinkButton } from '../form.tsx'
import type { Frame } from '../frame.ts'
import { Page } from '../layout.tsx'
import { CodeToType, codeTexts } from './code.tsx'

export const linkTexts = defineTexts('link', {
  dead: 'This link no longer works',
  newPassword: 'Choose a new password',
  confirm: 'Confirm',
})

/** `way`: where one goes on; it is a new password where nothing else is said. */
type DeadLinkProps = PropsWithChildren<{ frame: Frame; lead: string; way: { href: string; label?: string } }>

/** A link that no longer works: what may have come of it, and the way on. */
export const DeadLink = ({ frame, lead, way, children }: DeadLinkProps) => {
  const t = linkTexts.in(frame.language)
  return (
    <Page frame={frame} title={t('dead')} lead={lead}>
      <LinkButton href={way.href}>{way.label ?? t('newPassword')}</LinkButton>
      {children}
    </Page>
  )
}

type CodeLinkProps = {
  frame: Frame
  lead: string
  /** In the browser that asked: what the button posts. Elsewhere: the code to type. */
  here?: { action: string; link: string } | undefined
  code?: string | undefined
}

/** The link beside a code. */
export const CodeLink = ({ frame, lead, here, code }: CodeLinkProps) => (
  <Page frame={frame} title={codeTexts.in(frame.language)('code')} lead={lead}>
    {here && (
      <Form
        frame={frame}
        action={here.action}
        submit={linkTexts.in(frame.language)('confirm')}
        values={{ link: here.link }}
      />
    )}
    {code && <CodeToType frame={frame} code={code} />}
  </Page>
)
