/** The factors: the list, and a new name. */

import { type FactorKind, isFactorKind, isSecondFactor } from '../../core/model/factor/kinds.ts'
import { factorName, factorTexts, setUpLinks } from '../../core/model/factor/texts.ts'
import { WaysToSetUp } from '../../ui/asking/ways-to-set-up.tsx'
import { Field, Form, LinkButton, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Alternatives, Card, Note, Row, Rows, strong } from '../../ui/notice.tsx'
import { at, urls } from '../../urls.ts'
import type { Completion } from './rules.ts'
import { texts } from './texts.ts'

/** `added`, `used`: days, in words. `contact`: the number or address it sends to, as the person knows it. */
export type FactorLine = {
  id: string
  kind: FactorKind
  name: string
  contact?: string | undefined
  added: string
  used: string | undefined
}
/** `required`: on, and its owner cannot turn it off. */
export type TwoStep = 'on' | 'off' | 'required'

export type FactorsProps = {
  frame: Frame
  portal: Portal
  factors: readonly FactorLine[]
  /** `few`: it is time to make new ones. */
  recovery: { left: number; made: string; few: boolean } | undefined
  /** Whether texts and calls can be sent. */
  phone: boolean
  hasPassword: boolean
  twoStep: TwoStep
  done?: Completion | undefined
  problems?: ProblemTexts
}

export const FactorsPage = (props: FactorsProps) => {
  const { frame, portal, hasPassword, done, problems } = props
  const t = texts.in(frame.language)
  const kinds = factorTexts.in(frame.language)
  const factors = props.factors.filter(({ kind }) => isSecondFactor(kind))
  const hasBackUp = props.recovery !== undefined || factors.length < props.factors.length
  const opening = {
    title: sectionOf(portal, urls.factors)?.label ?? '',
    lead: t(hasPassword ? 'lead' : 'lead.alone'),
    problems,
  }
  return (
    <PortalPage frame={frame} portal={portal} current={urls.factors} {...opening}>
      {done && <Note>{isFactorKind(done) ? kinds(`${done}.added`) : t(`done.${done}`)}</Note>}
      <Card title={t('yours')} {...(factors.length === 0 && { lead: t('none') })}>
        <FactorRows {...{ frame, factors }} />
        <WaysToSetUp links={setUpLinks(frame.language, props.phone)} quiet={factors.length > 0} />
      </Card>
      <TwoStepCard {...props} hasWays={factors.length > 0} />
      {factors.length > 0 && (props.twoStep !== 'off' || hasBackUp) && <BackUpWays {...props} />}
    </PortalPage>
  )
}

const SetUp = ({ href, quiet, label }: { href: string; quiet: boolean; label: string }) => (
  <p>
    <LinkButton href={href} quiet={quiet}>
      {label}
    </LinkButton>
  </p>
)

/** Whether a sign-in by password asks for a second step, and where that is changed. */
const TwoStepCard = ({ frame, twoStep, hasPassword, hasWays }: FactorsProps & { hasWays: boolean }) => {
  const t = texts.in(frame.language)
  const off = hasWays ? (hasPassword ? 'off' : 'off.alone') : 'off.none'
  return (
    <Card title={t('twoStep')} lead={t(`twoStep.${twoStep === 'off' ? off : twoStep}`)}>
      {hasWays && twoStep !== 'required' && (
        <SetUp href={urls.twoStep} quiet label={t(twoStep === 'on' ? 'twoStep.turnOff' : 'twoStep.turnOn')} />
      )}
    </Card>
  )
}

/** What can be used when no second factor is at hand. */
const BackUpWays = ({ frame, recovery, factors, twoStep }: FactorsProps) => {
  const t = texts.in(frame.language)
  const isOn = twoStep !== 'off'
  const isFew = isOn && (!recovery || recovery.few)
  const left = recovery && t('recoveryLeft', { left: recovery.left, date: recovery.made })
  return (
    <Card title={t('backUp')} lead={left ?? (isOn && t('recoveryNone'))}>
      {left && isFew && <Note>{t('recoveryFew')}</Note>}
      <FactorRows {...{ frame }} factors={factors.filter(({ kind }) => !isSecondFactor(kind))} />
      <SetUp href={urls.recoveryCodes} quiet={!isFew} label={t('recovery')} />
      {isOn && <SetUp href={urls.newBackUp} quiet label={factorTexts.in(frame.language)('email.setUp')} />}
      <Alternatives>
        <a href={urls.withoutPhone}>{t('check')}</a>
      </Alternatives>
    </Card>
  )
}

const FactorRows = ({ frame, factors }: Pick<FactorsProps, 'frame' | 'factors'>) =>
  factors.length > 0 && (
    <Rows>
      {factors.map((factor) => (
        <FactorRow {...{ frame, factor }} />
      ))}
    </Rows>
  )

const FactorRow = ({ frame, factor }: { frame: Frame; factor: FactorLine }) => {
  const t = texts.in(frame.language)
  const { id, kind, name, contact, added: date, used } = factor
  const dates = used ? t('used', { date, used }) : t('added', { date })
  const detail = contact ? t('numberAndDate', { contact: strong(contact), date: dates }) : dates
  return (
    <Row title={factorName(frame.language, kind, name)} detail={detail} id={id}>
      <a href={at(urls.factorName, { way: id })} aria-describedby={id}>
        {t('rename')}
      </a>
      <QuietButton frame={frame} action={urls.removeFactor} values={{ way: id }} about={id}>
        {t('remove')}
      </QuietButton>
    </Row>
  )
}

export type NameProps = { frame: Frame; portal: Portal; way: string; name: string; problems?: ProblemTexts }

export const NamePage = ({ frame, portal, way, name, problems = {} }: NameProps) => {
  const t = texts.in(frame.language)
  return (
    <PortalPage
      frame={frame}
      portal={portal}
      current={urls.factors}
      back={sectionOf(portal, urls.factors)}
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
