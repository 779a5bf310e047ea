/** The products a person uses. */
import { QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Card, Note, Row, Rows } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type ProductLine = {
  id: string
  name: string
  thirdParty: boolean
  /** In words. */
  scopes: readonly string[]
  /** Days, in words. */
  since: string
  last: string
}

export type ProductsProps = { frame: Frame; portal: Portal; products: readonly ProductLine[]; removed?: boolean }

export const ProductsPage = ({ frame, portal, products, removed }: ProductsProps) => {
  const t = texts.in(frame.language)
  const title = sectionOf(portal, urls.products)?.label ?? ''
  return (
    <PortalPage {...{ frame, portal, title }} current={urls.products} lead={t('lead')}>
      {removed && <Note>{t('removed')}</Note>}
      {products.length === 0 && <p>{t('none')}</p>}
      {products.length > 0 && (
        <>
          <Card>
            <Rows>
              {products.map((product, at) => (
                <UsedProduct {...{ frame, product }} id={`product-${at}`} />
              ))}
            </Rows>
          </Card>
          <p class="small soft">{t('after')}</p>
        </>
      )}
    </PortalPage>
  )
}

const UsedProduct = ({ frame, product, id }: { frame: Frame; product: ProductLine; id: string }) => {
  const t = texts.in(frame.language)
  const { name, thirdParty, scopes, since, last } = product
  const detail = (
    <>
      {since === last ? t('usedOnce', { since }) : t('used', { since, last })}
      <br />
      {thirdParty ? t('agreed', { scopes: scopes.join('; ') }) : t('ours')}
    </>
  )
  return (
    <Row title={name} detail={detail} id={id}>
      <QuietButton frame={frame} action={urls.removeAccess} values={{ product: product.id }} about={id}>
        {t('remove')}
      </QuietButton>
    </Row>
  )
}
