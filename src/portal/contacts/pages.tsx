/** Setting up where codes are sent to: the number or address, and the code that proves it. */
import { type ContactKind, isByPhone } from '../../core/model/factor/kinds.ts'
import { factorTexts } from '../../core/model/factor/texts.ts'
import type { LetterState } from '../../ui/asking/code.tsx'
import { SentCode } from '../../ui/asking/sent-code.tsx'
import { Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type ContactProps = { frame: Frame; portal: Portal; kind: ContactKind; action: string; problems?: ProblemTexts }

export const ContactPage = ({ frame, portal, kind, action, problems = {} }: ContactProps) => {
  const t = texts.in(frame.language)
  const isMail = !isByPhone(kind)
  const name = isMail ? 'email' : 'number'
  return (
    <PortalPage
      {...{ frame, portal, problems }}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
      title={factorTexts.in(frame.language)(`${kind}.setUp`)}
      lead={t(`lead.${kind}`)}
      labels={{ [name]: t(name) }}
    >
      <Form frame={frame} action={action} submit={t('send')}>
        <Field
          {...{ frame, name }}
          label={t(name)}
          type={isMail ? 'email' : 'tel'}
          autocomplete={isMail ? 'email' : 'tel'}
          hint={isMail ? undefined : t('numberHint')}
          problem={problems[name]}
        />
      </Form>
    </PortalPage>
  )
}

export type ConfirmProps = {
  frame: Frame
  portal: Portal
  kind: ContactKind
  /** As the person knows it. */
  contact: string
  /** Where the code is posted, and where another one is asked for. */
  action: string
  send: string
  minutes: number
  change: string
  news: LetterState | undefined
  problems?: ProblemTexts
}

export const ConfirmPage = (props: ConfirmProps) => {
  const { frame, portal, kind, contact, action, send, minutes, change, news, problems = {} } = props
  const t = texts.in(frame.language)
  return (
    <PortalPage
      {...{ frame, portal, problems }}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
      title={t('confirmTitle')}
      lead={t(`sent.${kind}`, { contact: strong(contact), minutes })}
      labels={{ code: t('code') }}
    >
      <SentCode
        {...{ frame, news, action, send }}
        submit={t('confirm')}
        label={t('code')}
        problem={problems.code}
        after={<a href={change}>{t(isByPhone(kind) ? 'change' : 'changeAddress')}</a>}
      />
    </PortalPage>
  )
}
