/** Setting up an authenticator app. */
import { factorTexts } from '../../core/model/factor/texts.ts'
import { QrCode, Shown } from '../../ui/asking/shown.tsx'
import { CodeField, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Prose, strong } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type NewAppProps = {
  frame: Frame
  portal: Portal
  action: string
  /** What the picture says, and the key alone. */
  uri: string
  secret: string
  /** The same, sealed: the form brings it back. */
  offer: string
  address: string
  problems?: ProblemTexts
}

export const NewAppPage = ({ frame, portal, action, uri, secret, offer, address, problems = {} }: NewAppProps) => {
  const t = texts.in(frame.language)
  const entry = strong(`${frame.brand.name}: ${address}`)
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
      title={factorTexts.in(frame.language)('app.setUp')}
      lead={t('lead')}
      problems={problems}
      labels={{ code: t('code') }}
    >
      <p>{t('scan')}</p>
      <QrCode text={uri} label={t('picture')} />
      <Form frame={frame} action={action} submit={t('submit')} values={{ offer }}>
        <Shown id="key" label={t('key')} value={grouped(secret)} hint={<Prose>{t('type', { entry })}</Prose>} />
        <CodeField frame={frame} label={t('code')} hint={t('codeHint')} problem={problems.code} />
      </Form>
    </PortalPage>
  )
}
const grouped = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ')
