/** The pages of the protocol itself: signing out, connecting a device, going on. */
import { raw } from 'hono/html'
import { Field, Form, QuietButton } from '../ui/form.tsx'
import type { Frame } from '../ui/frame.ts'
import { Page } from '../ui/layout.tsx'
import { Alternatives, Note, strong } from '../ui/notice.tsx'
import { at, urls } from '../urls.ts'
import { texts } from './texts.ts'

/** `to`: where to go after it, sealed. */
export const SignOutPage = ({
  frame,
  action,
  to,
  stay,
}: {
  frame: Frame
  action: string
  to: string
  stay: string
}) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('signOut.title')} lead={t('signOut.lead')}>
      <Form frame={frame} action={action} submit={t('signOut.submit')} values={{ to }} />
      <Alternatives>
        <a href={stay}>{t('signOut.stay')}</a>
      </Alternatives>
    </Page>
  )
}

/**
 * Why the code has to be typed again. `unknown`: its network has tried too many, and nobody is signed in. `refused` is no
 * mistake: the person said that the device is not theirs.
 */
export type DeviceProblem = 'problem' | 'missing' | 'again' | 'wait' | 'unknown' | 'refused'
/** `xsrf` is the protocol's own proof that the form is ours. */
export type DeviceFormProps = {
  frame: Frame
  action: string
  xsrf: string
  typed?: string
  problem?: DeviceProblem | undefined
}

export const DeviceFormPage = ({ frame, action, xsrf, typed, problem }: DeviceFormProps) => {
  const t = texts.in(frame.language)
  const refused = problem === 'refused'
  const sentence = problem && !refused ? t(`device.${problem}`) : undefined
  const problems = sentence ? { user_code: sentence } : {}
  return (
    <Page
      frame={frame}
      title={t('device.title')}
      lead={t('device.lead')}
      problems={problems}
      labels={{ user_code: t('device.code') }}
    >
      {refused && <Note>{t('device.refused')}</Note>}
      <Form frame={frame} action={action} submit={t('device.submit')} values={{ xsrf }}>
        <Field
          frame={frame}
          name="user_code"
          label={t('device.code')}
          value={typed}
          autocomplete="off"
          problem={sentence}
        />
      </Form>
      {problem === 'unknown' && (
        <Alternatives>
          <a href={at(urls.signIn, { to: urls.device })}>{t('device.signIn')}</a>
        </Alternatives>
      )}
    </Page>
  )
}

export type DeviceQuestionProps = {
  frame: Frame
  action: string
  xsrf: string
  product: string
  code: string
  /** Shows, where the language is changed, that the question was asked. */
  question: string
}

export const DeviceQuestionPage = ({ frame, action, xsrf, product, code, question }: DeviceQuestionProps) => {
  const t = texts.in(frame.language)
  const values = { xsrf, user_code: code }
  return (
    <Page frame={frame} title={t('question.title')} lead={t('question.lead', { product: strong(product) })}>
      <p class="digits">{code}</p>
      <Form
        frame={frame}
        action={action}
        submit={t('question.submit')}
        values={{ ...values, question, confirm: 'yes' }}
      />
      <Alternatives>
        <QuietButton frame={frame} action={action} values={{ ...values, abort: 'yes' }}>
          {t('question.stop')}
        </QuietButton>
      </Alternatives>
    </Page>
  )
}

export const DeviceDonePage = ({ frame }: { frame: Frame }) => {
  const t = texts.in(frame.language)
  return <Page frame={frame} title={t('deviceDone.title')} lead={t('deviceDone.lead')} />
}

export type OnwardProps = { frame: Frame; action: string; values: Readonly<Record<string, string>>; script: string }

/** Goes on by itself where there is JavaScript. The form carries nothing of ours: it may lead to a product. */
export const OnwardPage = ({ frame, action, values, script }: OnwardProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('onward.title')} lead={t('onward.lead')}>
      <form method="post" action={action}>
        {Object.entries(values).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">
          {t('onward.submit')}
        </button>
      </form>
      <script>{raw(script)}</script>
    </Page>
  )
}
