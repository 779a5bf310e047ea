/** The ways to sign in: the list, setting up an app, and giving a way another name. */

import type { FactorKind } from '../../core/factor/store.ts'
import { QrCode, Shown } from '../../ui/asking/shown.tsx'
import { CodeField, Field, Form, LinkButton, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Card, Note, Prose, Row, Rows, strong } from '../../ui/notice.tsx'
import { at, urls } from '../../urls.ts'
import { texts } from './texts.ts'

/** `added`, `used`: days, in words. */
export type FactorLine = { id: string; kind: FactorKind; name: string; added: string; used: string | undefined }
export type Deed = 'added' | 'passkey' | 'removed' | 'renamed' | 'kept'

export type FactorsProps = {
  frame: Frame
  portal: Portal
  factors: readonly FactorLine[]
  recovery: { left: number; made: string } | undefined
  hasPassword: boolean
  done?: Deed | undefined
  problems?: ProblemTexts
}

const titleOf = ({ sections }: Portal): string => sections.find(({ href }) => href === urls.factors)?.label ?? ''
const backTo = (portal: Portal) => ({ href: urls.factors, label: titleOf(portal) })

export const FactorsPage = (props: FactorsProps) => {
  const { frame, portal, factors, recovery, hasPassword, done, problems } = props
  const t = texts.in(frame.language)
  const opening = { title: titleOf(portal), lead: t(hasPassword ? 'lead' : 'lead.alone'), problems }
  return (
    <PortalPage frame={frame} portal={portal} current={urls.factors} {...opening}>
      {done && <Note>{t(`done.${done}`)}</Note>}
      <Card title={t('yours')} {...(factors.length === 0 && { lead: t('none') })}>
        {factors.length > 0 && (
          <Rows>
            {factors.map((factor, index) => (
              <FactorRow {...{ frame, factor }} rowId={`way-${index}`} />
            ))}
          </Rows>
        )}
        <p>
          <LinkButton href={urls.newPasskey} quiet={factors.length > 0}>
            {t('createPasskey')}
          </LinkButton>
        </p>
        <p>
          <LinkButton href={urls.newApp} quiet>
            {t('setUpApp')}
          </LinkButton>
        </p>
      </Card>
      {factors.length > 0 && (
        <Card
          title={t('recovery')}
          lead={recovery ? t('recoveryLeft', { left: recovery.left, date: recovery.made }) : t('recoveryNone')}
        >
          <p>
            <LinkButton href={urls.recoveryCodes} quiet={recovery !== undefined}>
              {t('recovery')}
            </LinkButton>
          </p>
        </Card>
      )}
    </PortalPage>
  )
}

const FactorRow = ({ frame, factor, rowId }: { frame: Frame; factor: FactorLine; rowId: string }) => {
  const t = texts.in(frame.language)
  const { id, kind, name, added: date, used } = factor
  return (
    <Row title={name || t(kind)} detail={used ? t('used', { date, used }) : t('added', { date })} id={rowId}>
      <a href={at(urls.factorName, { way: id })} aria-describedby={rowId}>
        {t('rename')}
      </a>
      <QuietButton frame={frame} action={urls.removeFactor} values={{ way: id }} about={rowId}>
        {t('remove')}
      </QuietButton>
    </Row>
  )
}

export type NewAppProps = {
  frame: Frame
  portal: Portal
  /** What the picture says, and the key alone. */
  uri: string
  secret: string
  /** The same, sealed: the form brings it back. */
  offer: string
  address: string
  problems?: ProblemTexts
}

export const NewAppPage = ({ frame, portal, uri, secret, offer, address, problems = {} }: NewAppProps) => {
  const t = texts.in(frame.language)
  const entry = strong(`${frame.brand.name}: ${address}`)
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={backTo(portal)}
      title={t('app.title')}
      lead={t('app.lead')}
      problems={problems}
      labels={{ code: t('app.code') }}
    >
      <p>{t('app.scan')}</p>
      <QrCode text={uri} label={t('app.picture')} />
      <Form frame={frame} action={urls.newApp} submit={t('app.submit')} values={{ offer }}>
        <Shown id="key" label={t('app.key')} value={grouped(secret)} hint={<Prose>{t('app.type', { entry })}</Prose>} />
        <CodeField frame={frame} label={t('app.code')} hint={t('app.codeHint')} problem={problems.code} />
      </Form>
    </PortalPage>
  )
}
const grouped = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ')

export type NameProps = { frame: Frame; portal: Portal; way: string; name: string; problems?: ProblemTexts }

export const NamePage = ({ frame, portal, way, name, problems = {} }: NameProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={backTo(portal)}
      title={t('name.title')}
      lead={t('name.lead')}
      problems={problems}
      labels={{ name: t('name.name') }}
    >
      <Form frame={frame} action={at(urls.factorName, { way })} submit={t('name.submit')}>
        <Field
          frame={frame}
          name="name"
          label={t('name.name')}
          value={name}
          problem={problems.name}
          autocomplete="off"
        />
      </Form>
    </PortalPage>
  )
}
