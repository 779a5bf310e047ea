/** The page for a person who has only a password where a second factor is required. */
import { setUpLinks } from '../../core/model/factor/texts.ts'
import { type Later, PutOff } from '../../ui/asking/put-off.tsx'
import { WaysToSetUp } from '../../ui/asking/ways-to-set-up.tsx'
import { QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, strong } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type SecondWayProps = {
  frame: Frame
  address: string
  /** Of the product that requires it, where the policy does not. */
  product?: string | undefined
  /** The address of a page that sets a way up, so that it leads back here. */
  to(path: string): string
  /** Whether texts and calls can be sent. */
  phone: boolean
  /** As long as it may be put off. Then one can only leave. */
  later?: Later | undefined
}

export const SecondWayPage = ({ frame, address, product, to, phone, later }: SecondWayProps) => {
  const t = texts.in(frame.language)
  const whose = { address: strong(address) }
  const links = setUpLinks(frame.language, phone)
  const lead = product ? t('lead.product', { ...whose, product: strong(product) }) : t('lead.policy', whose)
  return (
    <Page frame={frame} title={t('title')} lead={lead}>
      <p>{t('how')}</p>
      <WaysToSetUp links={links.map((link) => ({ ...link, href: to(link.href) }))} explained />
      {later ? (
        <PutOff {...{ frame, later }} />
      ) : (
        <Alternatives>
          {t('notNow')}{' '}
          <QuietButton frame={frame} action={urls.signOut}>
            {t('signOut')}
          </QuietButton>
        </Alternatives>
      )}
    </Page>
  )
}
