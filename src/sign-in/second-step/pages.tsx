/** The pages of the second step: a code, and which other ways there are. */
import type { FactorKind } from '../../core/factor/store.ts'
import { PasskeyForm, WithoutPasskey } from '../../ui/asking/passkey.tsx'
import { Checkbox, CodeField, Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, Card, Row, Rows, Support, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `name`: the person's own word for it, or empty. */
export type Way = { id: string; kind: FactorKind | 'recovery'; name: string }

export type SecondStepProps = {
  frame: Frame
  action: string
  otherWays: string
  way: Way
  /** By which the entry in an app is called. */
  address: string
  /** For how long a browser is remembered. */
  days: number
  /** What the browser is asked for, where the way is a passkey. */
  passkey?: { ask: string; sealed: string } | undefined
  problems?: ProblemTexts
}

export const SecondStepPage = (props: SecondStepProps) => {
  const { frame, action, otherWays, way, address, days, passkey, problems = {} } = props
  const t = texts.in(frame.language)
  const entry = strong(`${frame.brand.name}: ${address}`)
  const lead =
    way.kind === 'app' && way.name
      ? t('lead.named', { name: strong(way.name), entry })
      : t(`lead.${way.kind}`, { entry })
  const remember = <Checkbox frame={frame} name="remember" label={t('remember', { days })} />
  const code = { frame, name: 'code', label: t('code'), problem: problems.code, autofocus: true }
  return (
    <Page frame={frame} title={t('title')} lead={lead} problems={problems} labels={{ code: t('code') }}>
      {passkey ? (
        <>
          <WithoutPasskey>{t('withoutPasskey')}</WithoutPasskey>
          <PasskeyForm
            {...{ frame, action, ...passkey }}
            deed="get"
            submit={t('usePasskey')}
            failed={t('passkeyFailed')}
          >
            {remember}
          </PasskeyForm>
        </>
      ) : (
        <Form frame={frame} action={action} submit={t('submit')}>
          {way.kind === 'recovery' ? <Field {...code} autocomplete="off" /> : <CodeField {...code} />}
          {remember}
        </Form>
      )}
      <After>
        <a href={otherWays}>{t('otherWays')}</a>
      </After>
    </Page>
  )
}

const wayWords = (frame: Frame, { kind, name }: Pick<Way, 'kind' | 'name'>): string =>
  name || texts.in(frame.language)(`way.${kind}`)

/** `support`: whom to ask where none is at hand. */
type WaysProps = { frame: Frame; ways: readonly (Way & { href: string })[]; back: string; support: string }

export const WaysPage = ({ frame, ways, back, support }: WaysProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('ways')} lead={t('waysLead')}>
      <Card>
        <Rows>
          {ways.map((way, at) => (
            <Row title={wayWords(frame, way)} detail={t(`about.${way.kind}`)} id={`way-${at}`}>
              <a href={way.href} aria-describedby={`way-${at}`}>
                {t('use')}
              </a>
            </Row>
          ))}
        </Rows>
      </Card>
      <p>{t('none')}</p>
      <Support {...{ frame, support }} />
      <After>
        <a href={back}>{t('back')}</a>
      </After>
    </Page>
  )
}
