/** The pages of the second step: proving a factor, and choosing another one. */
import { factorKinds, isSecondFactor, isSent, type ProofKind } from '../../core/model/factor/kinds.ts'
import { factorName, factorTexts } from '../../core/model/factor/texts.ts'
import type { LetterState } from '../../ui/asking/code.tsx'
import { PasskeyForm, WithoutPasskey } from '../../ui/asking/passkey.tsx'
import { SentCode } from '../../ui/asking/sent-code.tsx'
import { Checkbox, CodeField, Field, Form, LinkButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Card, Row, Rows, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `name`: given by the person, or empty. `hint`: where a code is sent, as its owner recognises it. */
export type Way = { id: string; kind: ProofKind; name: string; hint?: string }

export type SecondStepProps = {
  frame: Frame
  action: string
  otherWays: string
  way: Way
  /** The name of the entry in an authenticator app. */
  address: string
  /** For how long a browser is remembered. */
  days: number
  /** The options of WebAuthn, for a passkey. */
  passkey?: { ask: string; sealed: string } | undefined
  /** Where a code is asked for, unless none can be sent; and what has become of the one that is out, if one is. */
  send?: string | undefined
  sent?: LetterState | undefined
  problems?: ProblemTexts
}

export const SecondStepPage = (props: SecondStepProps) => {
  const { frame, otherWays, send, sent, problems = {} } = props
  const t = texts.in(frame.language)
  const byUs = isSent(props.way)
  return (
    <Page frame={frame} title={t('title')} lead={leadOf(props)} problems={problems} labels={{ code: t('code') }}>
      {props.passkey ? <ByPasskey {...props} /> : byUs ? <BySentCode {...props} /> : <ByCode {...props} />}
      {!(byUs && (sent || !send)) && (
        <Alternatives>
          <a href={otherWays}>{t('otherWays')}</a>
        </Alternatives>
      )}
    </Page>
  )
}

function leadOf({ frame, way, address, send, sent }: SecondStepProps): string | undefined {
  const { kind, name, hint = '' } = way
  const t = factorTexts.in(frame.language)
  const entry = strong(`${frame.brand.name}: ${address}`)
  if (isSent(way))
    return send && sent !== 'dead' ? t(`${way.kind}.${sent ? 'sent' : 'lead'}`, { contact: strong(hint) }) : undefined
  return t(`${kind}.lead`, { named: name ? 'yes' : 'no', name: strong(name), entry })
}

const Remember = ({ frame, days }: SecondStepProps) => (
  <Checkbox frame={frame} name="remember" label={texts.in(frame.language)('remember', { days })} />
)

const ByPasskey = (props: SecondStepProps) => {
  const { frame, action, passkey } = props
  const t = texts.in(frame.language)
  return (
    passkey && (
      <>
        <WithoutPasskey>{t('withoutPasskey')}</WithoutPasskey>
        <PasskeyForm
          {...{ frame, action, ...passkey }}
          ceremony="get"
          submit={t('usePasskey')}
          failed={t('passkeyFailed')}
        >
          <Remember {...props} />
        </PasskeyForm>
      </>
    )
  )
}

const ByCode = (props: SecondStepProps) => {
  const { frame, action, way, problems } = props
  const t = texts.in(frame.language)
  const code = { frame, name: 'code', label: t('code'), problem: problems?.code, autofocus: true }
  return (
    <Form frame={frame} action={action} submit={t('submit')}>
      {factorKinds[way.kind].proof === 'recovery-code' ? (
        <Field {...code} autocomplete="off" />
      ) : (
        <CodeField {...code} />
      )}
      <Remember {...props} />
    </Form>
  )
}

/** A code is sent when the person asks for it. If none can be sent, the page leads to the other factors. */
const BySentCode = (props: SecondStepProps) => {
  const { frame, action, way, send, sent, problems, otherWays } = props
  const t = texts.in(frame.language)
  if (!send) return <LinkButton href={otherWays}>{t('otherWays')}</LinkButton>
  if (!sent) return <Form frame={frame} action={send} submit={t('send')} />
  return (
    <SentCode
      {...{ frame, action, send }}
      submit={t('submit')}
      label={t('code')}
      problem={problems?.code}
      news={sent}
      after={<a href={otherWays}>{t('otherWays')}</a>}
    >
      {isSecondFactor(way.kind) && <Remember {...props} />}
    </SentCode>
  )
}

/** `none`: the page for people who have none of their factors at hand. */
type WaysProps = { frame: Frame; ways: readonly (Way & { href: string })[]; back: string; none: string }

export const WaysPage = ({ frame, ways, back, none }: WaysProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('ways')} lead={t('waysLead')}>
      <Card>
        <Rows>
          {ways.map((way, at) => (
            <Row
              title={factorName(frame.language, way.kind, way.name)}
              detail={factorTexts.in(frame.language)(`${way.kind}.about`, { contact: way.hint ?? '' })}
              id={`way-${at}`}
            >
              <a href={way.href} aria-describedby={`way-${at}`}>
                {t('use')}
              </a>
            </Row>
          ))}
        </Rows>
      </Card>
      <Alternatives>
        <a href={none}>{t('noWay')}</a>
      </Alternatives>
      <Alternatives>
        <a href={back}>{t('back')}</a>
      </Alternatives>
    </Page>
  )
}
