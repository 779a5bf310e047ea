/** Before a product opens: an account that is about to close is kept first. */
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `date`: when it closes, in words; `leave`: where those go who let it close. */
export type KeepAccountProps = { frame: Frame; action: string; leave: string; address: string; date: string }

export const KeepAccountPage = ({ frame, action, leave, address, date }: KeepAccountProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address), date })}>
      <Form frame={frame} action={action} submit={t('keep')} />
      <Alternatives>
        <a href={leave}>{t('leave')}</a>
      </Alternatives>
    </Page>
  )
}
