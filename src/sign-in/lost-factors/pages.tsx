/** Asking support for help where no other way works, and the reference of the request. */
import { TextArea } from '../../ui/asking/text-area.tsx'
import { Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Card, Note, Prose, Support, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `address`: of the account, which is told. */
const WhatHappens = ({ frame, address }: { frame: Frame; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Card title={t('next')}>
      <ol>
        <li>
          <Prose>{t('next.told', { address: strong(address) })}</Prose>
        </li>
        <li>{t('next.identity')}</li>
        <li>{t('next.approved')}</li>
      </ol>
    </Card>
  )
}

export type AskProps = {
  frame: Frame
  action: string
  back: string
  address: string
  /** The most characters of the words. */
  limit: number
  problems?: ProblemTexts
}

export const AskPage = ({ frame, action, back, address, limit, problems = {} }: AskProps) => {
  const t = texts.in(frame.language)
  const labels = { reach: t('reach'), words: t('words') }
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')} {...{ problems, labels }}>
      <WhatHappens {...{ frame, address }} />
      <Form frame={frame} action={action} submit={t('submit')}>
        <Field
          frame={frame}
          name="reach"
          label={t('reach')}
          hint={t('reachHint')}
          problem={problems.reach}
          autocomplete="off"
        />
        <TextArea
          frame={frame}
          name="words"
          label={t('words')}
          hint={t('wordsHint', { limit })}
          problem={problems.words}
        />
      </Form>
      <Alternatives>
        <a href={back}>{t('back')}</a>
      </Alternatives>
    </Page>
  )
}

export type AskedProps = {
  frame: Frame
  reference: string
  /** When it was asked for, in words. */
  when: string
  address: string
  /** Whom to ask, as the operator has named them. */
  support: string
  signIn: string
}

export const AskedPage = ({ frame, reference, when, address, support, signIn }: AskedProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('askedTitle', { reference })} lead={t('askedLead', { when })}>
      <WhatHappens {...{ frame, address }} />
      <Note>{t('unchanged')}</Note>
      {support && <Support {...{ frame, support }} />}
      <Alternatives>
        <a href={signIn}>{t('signIn')}</a>
      </Alternatives>
    </Page>
  )
}
