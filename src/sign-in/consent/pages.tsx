/** What a third-party product asks for, in words. */
import { Form, QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Note, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ConsentProps = {
  frame: Frame
  action: string
  product: string
  address: string
  /** In words. */
  scopes: readonly string[]
  /** Where the person goes back to: the host of the redirect. */
  host: string
}

export const ConsentPage = ({ frame, action, product, address, scopes, host }: ConsentProps) => {
  const t = texts.in(frame.language)
  const lead = t('lead', { product: strong(product), address: strong(address) })
  return (
    <Page frame={frame} title={t('title', { product })} lead={lead}>
      <ul class="plain">
        {scopes.map((scope) => (
          <li>{scope}</li>
        ))}
      </ul>
      <Note>{t('note', { host: strong(host) })}</Note>
      <Form frame={frame} action={action} submit={t('allow')} values={{ decision: 'allow' }} />
      <Alternatives>
        <QuietButton frame={frame} action={action} values={{ decision: 'refuse' }}>
          {t('refuse')}
        </QuietButton>
      </Alternatives>
    </Page>
  )
}
