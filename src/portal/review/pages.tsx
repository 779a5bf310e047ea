/** What is left of an account that was taken back, for its owner to look over. */
import type { FactorKind } from '../../core/model/factor/kinds.ts'
import { factorName } from '../../core/model/factor/texts.ts'
import { LinkButton, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Alternatives, Card, Note, Row, Rows, strong } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

/** `added`: a day, in words. */
export type WayLine = { id: string; kind: FactorKind; name: string; contact: string | undefined; added: string }
export type ReviewProps = {
  frame: Frame
  portal: Portal
  ways: readonly WayLine[]
  codes: { left: number; made: string } | undefined
  products: readonly { id: string; name: string; used: string }[]
  removed: boolean
  problems: ProblemTexts
}

export const ReviewPage = ({ frame, portal, ways, codes, products, removed, problems }: ReviewProps) => {
  const t = texts.in(frame.language)
  const page = { frame, portal, problems, current: urls.review }
  const hasNoWay = ways.length === 0 && !codes
  if (hasNoWay && products.length === 0)
    return (
      <PortalPage {...page} title={t('titleNone')} lead={t('leadNone')}>
        {removed && <Note>{t('removed')}</Note>}
        <p>
          <LinkButton href={urls.account}>{t('goOn')}</LinkButton>
        </p>
      </PortalPage>
    )
  return (
    <PortalPage {...page} title={t('title')} lead={t('lead')}>
      {removed && <Note>{t('removed')}</Note>}
      <Card title={t('ways')} {...(hasNoWay && { lead: t('none') })}>
        <Rows>
          {ways.map((way) => (
            <WayRow {...{ frame, way }} />
          ))}
          {codes && (
            <Row title={t('codes', { left: codes.left })} detail={t('codesMade', { date: codes.made })} id="codes">
              <a href={urls.recoveryCodes} aria-describedby="codes">
                {t('newCodes')}
              </a>
            </Row>
          )}
        </Rows>
      </Card>
      <Card title={t('products')} {...(products.length === 0 && { lead: t('noProducts') })}>
        <Rows>
          {products.map(({ id, name, used }) => (
            <Row title={name} detail={t('productUsed', { date: used })} id={`product-${id}`} />
          ))}
        </Rows>
        {products.length > 0 && (
          <Alternatives>
            <a href={urls.products}>{t('seeProducts')}</a>
          </Alternatives>
        )}
      </Card>
      <p>
        <LinkButton href={urls.account}>{t('allMine')}</LinkButton>
      </p>
    </PortalPage>
  )
}

const WayRow = ({ frame, way: { id, kind, name, contact, added: date } }: { frame: Frame; way: WayLine }) => {
  const t = texts.in(frame.language)
  const detail = contact ? t('contactAdded', { contact: strong(contact), date }) : t('wayAdded', { date })
  return (
    <Row title={factorName(frame.language, kind, name)} detail={detail} id={id}>
      <QuietButton frame={frame} action={urls.review} values={{ way: id }} about={id}>
        {t('remove')}
      </QuietButton>
    </Row>
  )
}
