/** The page for a person who has only a password where a second factor is required. */
import { setUpLinks } from '../../core/model/factor/texts.ts'
import { WaysToSetUp } from '../../ui/asking/ways-to-set-up.tsx'
import { QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, strong } from '../../ui/notice.tsx'
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
  /** As long as it may be put off: until when, in words, and where that is said. Then one can only leave. */
  later?: { date: string; action: string } | undefined
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
      <After>
        {later ? t('until', { date: later.date }) : t('notNow')}{' '}
        <QuietButton frame={frame} action={later?.action ?? urls.signOut}>
          {later ? t('later') : t('signOut')}
        </QuietButton>
      </After>
    </Page>
  )
}
