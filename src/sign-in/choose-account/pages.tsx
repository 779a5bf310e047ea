/** With which account to go on. */
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ChooseProps = { frame: Frame; action: string; address: string; other: string }

export const ChooseAccountPage = ({ frame, action, address, other }: ChooseProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')}>
      <Form frame={frame} action={action} submit={t('goOn', { address })} />
      <After>
        <a href={other}>{t('other')}</a>
      </After>
    </Page>
  )
}
