/** The page of a code that confirms a sign-in from an unlikely place. */
import { CodeField, Form, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, Note, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ConfirmProps = {
  frame: Frame
  action: string
  resend: string
  address: string
  minutes: number
  resent?: boolean
  problems?: ProblemTexts
  /** No code can be right any more: to have a new one sent is the way on. */
  spent?: boolean
}

export const ConfirmPage = (props: ConfirmProps) => {
  const { frame, action, resend, address, minutes, resent, problems = {}, spent = false } = props
  const t = texts.in(frame.language)
  return (
    <Page
      frame={frame}
      title={t('title')}
      lead={t('lead', { address: strong(address), minutes })}
      problems={problems}
      labels={{ code: t('code') }}
    >
      {spent ? (
        <Form frame={frame} id="resend" action={resend} submit={t('resend')} />
      ) : (
        <Note>{[resent && t('resent'), t('junk')].filter(Boolean).join(' ')}</Note>
      )}
      <Form frame={frame} action={action} submit={t('submit')} quiet={spent}>
        <CodeField frame={frame} label={t('code')} problem={problems.code} refused={spent} />
      </Form>
      {!spent && (
        <After>
          <QuietButton frame={frame} action={resend}>
            {t('resend')}
          </QuietButton>
        </After>
      )}
    </Page>
  )
}
