/** With which account to go on. */
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** `confirms`: the person sees who asks, where any program of the device may have. */
export type ChooseProps = { frame: Frame; action: string; address: string; other: string; confirms?: boolean }

export const ChooseAccountPage = ({ frame, action, address, other, confirms }: ChooseProps) => {
  const t = texts.in(frame.language)
  return (
    <Page
      frame={frame}
      title={confirms ? t('confirms', { product: frame.toward?.name ?? '' }) : t('title')}
      lead={confirms ? t('confirmsLead') : t('lead')}
    >
      <Form frame={frame} action={action} submit={t('goOn', { address })} />
      <Alternatives>
        <a href={other}>{t('other')}</a>
      </Alternatives>
    </Page>
  )
}
