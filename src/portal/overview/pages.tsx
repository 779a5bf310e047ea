/** The first page of account management: who you are, which products you use. */
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Alert, Card, Facts, Row, Rows } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type OverviewProps = {
  frame: Frame
  portal: Portal
  name: string
  email: string
  /** `at`: when it was opened last, in words. */
  products: readonly { name: string; at: string }[]
  /** Where the account is about to close: when, in words, and where that is taken back. */
  closing?: { on: string; keep: string } | undefined
}

export const OverviewPage = ({ frame, portal, name, email, products, closing }: OverviewProps) => {
  const t = texts.in(frame.language)
  const facts = [
    { label: t('name'), value: name },
    { label: t('email'), value: email },
  ]
  return (
    <PortalPage frame={frame} portal={portal} current={portal.home.href} title={portal.home.label} lead={t('lead')}>
      {closing && (
        <Alert title={t('closesOn', { date: closing.on })}>
          {t('closesLead')} <a href={closing.keep}>{t('keep')}</a>
        </Alert>
      )}
      <Card title={t('you')}>
        <Facts facts={facts} />
      </Card>
      <Card title={t('products')} {...(products.length === 0 && { lead: t('none') })}>
        {products.length > 0 && (
          <Rows>
            {products.map((product) => (
              <Row title={product.name} detail={t('lastUsed', { at: product.at })} />
            ))}
          </Rows>
        )}
      </Card>
    </PortalPage>
  )
}
