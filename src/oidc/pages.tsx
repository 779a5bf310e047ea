/** The pages of the protocol itself: signing out, connecting a device. */
import { Field, Form, QuietButton } from '../ui/form.tsx'
import type { Frame } from '../ui/frame.ts'
import { Page } from '../ui/layout.tsx'
import { After, strong } from '../ui/notice.tsx'
import { texts } from './texts.ts'

/** `to`: where to go after it, sealed. */
export const SignOutPage = ({ frame, action, to, stay }: { frame: Frame; action: string; to: string; stay: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('signOut.title')} lead={t('signOut.lead')}>
      <Form frame={frame} action={action} submit={t('signOut.submit')} values={{ to }} />
      <After>
        <a href={stay}>{t('signOut.stay')}</a>
      </After>
    </Page>
  )
}

/** `xsrf` is the protocol's own proof that the form is ours. */
export type DeviceFormProps = { frame: Frame; action: string; xsrf: string; typed?: string; problem?: 'problem' | 'missing' | undefined }

export const DeviceFormPage = ({ frame, action, xsrf, typed, problem }: DeviceFormProps) => {
  const t = texts.in(frame.language)
  const sentence = problem && t(`device.${problem}`)
  const problems = sentence ? { user_code: sentence } : {}
  return (
    <Page frame={frame} title={t('device.title')} lead={t('device.lead')} problems={problems}>
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
    </Page>
  )
}

export type DeviceQuestionProps = { frame: Frame; action: string; xsrf: string; product: string; code: string; typed: string }

export const DeviceQuestionPage = ({ frame, action, xsrf, product, code, typed }: DeviceQuestionProps) => {
  const t = texts.in(frame.language)
  const values = { xsrf, user_code: typed }
  return (
    <Page frame={frame} title={t('question.title')} lead={t('question.lead', { product: strong(product) })}>
      <p class="digits">{code}</p>
      <Form frame={frame} action={action} submit={t('question.submit')} values={{ ...values, confirm: 'yes' }} />
      <After>
        <QuietButton frame={frame} action={action} values={{ ...values, abort: 'yes' }}>
          {t('question.stop')}
        </QuietButton>
      </After>
    </Page>
  )
}

export const DeviceDonePage = ({ frame }: { frame: Frame }) => {
  const t = texts.in(frame.language)
  return <Page frame={frame} title={t('deviceDone.title')} lead={t('deviceDone.lead')} />
}
