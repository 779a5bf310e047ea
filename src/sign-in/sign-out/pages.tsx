/** After signing out. */
import { LinkButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { texts } from './texts.ts'

export const SignedOutPage = ({ frame, signIn }: { frame: Frame; signIn: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')}>
      <LinkButton href={signIn}>{t('again')}</LinkButton>
    </Page>
  )
}
