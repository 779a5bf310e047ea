/** "Would you get in without your phone?", answered in words. */
import { isByPhone } from '../../core/model/factor/kinds.ts'
import { factorName, factorTexts } from '../../core/model/factor/texts.ts'
import type { FactorLeft, WithoutPhone } from '../../core/operations/factor/without-phone.ts'
import { LinkButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Card, Row, Rows } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

/** `found`: undefined where two-step verification is off. */
export type WithoutPhoneProps = {
  frame: Frame
  portal: Portal
  found: WithoutPhone | undefined
  hasPassword: boolean
}

type Answer = 'password' | 'mailbox' | 'yes' | 'perhaps' | 'no'
const answerOf = ({ found, hasPassword }: Pick<WithoutPhoneProps, 'found' | 'hasPassword'>): Answer => {
  if (!found) return hasPassword ? 'password' : 'mailbox'
  if (found.opens.length > 0) return 'yes'
  return found.perhaps.length > 0 ? 'perhaps' : 'no'
}

export const WithoutPhonePage = ({ frame, portal, found, hasPassword }: WithoutPhoneProps) => {
  const t = texts.in(frame.language)
  const answer = answerOf({ found, hasPassword })
  const back = sectionOf(portal, urls.factors)
  const opening = { frame, title: t('title'), lead: t(answer) }
  return (
    <PortalPage portal={portal} current={urls.factors} back={back} {...opening}>
      <Ways frame={frame} title={t('opens')} ways={found?.opens} />
      <Ways frame={frame} title={t('perhapsList')} ways={found?.perhaps} />
      <Ways frame={frame} title={t('gone')} ways={found?.gone} />
      {answer === 'password' && <LinkButton href={urls.factors}>{t('setUp')}</LinkButton>}
      {(answer === 'no' || answer === 'perhaps') && (
        <>
          <p>
            <LinkButton href={urls.recoveryCodes}>{t('makeCodes')}</LinkButton>
          </p>
          <p>
            <LinkButton href={urls.newBackUp} quiet>
              {factorTexts.in(frame.language)('email.setUp')}
            </LinkButton>
          </p>
        </>
      )}
    </PortalPage>
  )
}

const Ways = ({ frame, title, ways = [] }: { frame: Frame; title: string; ways?: FactorLeft[] | undefined }) =>
  ways.length > 0 && (
    <Card title={title}>
      <Rows>
        {ways.map((way) => (
          <Row {...saidOf(frame, way)} />
        ))}
      </Rows>
    </Card>
  )

function saidOf({ language }: Frame, way: FactorLeft): { title: string; detail?: string } {
  const t = texts.in(language)
  if ('left' in way) return { title: t('recovery', { left: way.left }), detail: t('recoveryWhere') }
  const title = factorName(language, way.kind, way.name)
  if (!way.contact) return { title }
  return { title, detail: isByPhone(way.kind) ? t('number', { contact: way.contact }) : way.contact }
}
