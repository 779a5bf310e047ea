/** The first page of account management: who you are, which products you use. */
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage } from '../../ui/layout.tsx'
import { Alert, Card, Facts, Note, Row, Rows } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type OverviewProps = {
  frame: Frame
  portal: Portal
  name: string
  email: string
  /** Two-step verification is on. */
  twoStep: boolean
  /** `at`: when it was opened last, in words. */
  products: readonly { name: string; at: string }[]
  /** Nothing but the password opens the account; or a second factor, and what is lost with it. */
  alone?: 'password' | 'factor' | undefined
  /** A block was lifted a moment ago, from this browser. */
  unblocked?: boolean
  /** Where the account is about to close: when, in words, and where that is taken back. */
  closing?: { on: string; keep: string } | undefined
}

export const OverviewPage = (props: OverviewProps) => {
  const { frame, portal, name, email, products, twoStep, closing, alone, unblocked } = props
  const t = texts.in(frame.language)
  const facts = [
    { label: t('name'), value: name },
    { label: t('email'), value: email },
    { label: t('twoStep'), value: t(twoStep ? 'twoStep.on' : 'twoStep.off') },
  ]
  return (
    <PortalPage frame={frame} portal={portal} current={portal.home.href} title={portal.home.label} lead={t('lead')}>
      {unblocked && <Note>{t('unblocked')}</Note>}
      {closing && (
        <Alert title={t('closesOn', { date: closing.on })}>
          {t('closesLead')} <a href={closing.keep}>{t('keep')}</a>
        </Alert>
      )}
      {alone === 'password' && (
        <Note>
          {t('onlyPassword')} <a href={urls.factors}>{t('setUp')}</a>
        </Note>
      )}
      {alone === 'factor' && (
        <Note>
          {t('onlyOne')} <a href={urls.withoutPhone}>{t('check')}</a>
        </Note>
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
