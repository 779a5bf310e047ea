/** A page for everything that can go wrong with a page: what happened, and a way on. */
import { LinkButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { texts } from './texts.ts'

export type Trouble =
  | 'lost'
  | 'stale'
  | 'cookies'
  | 'too-large'
  | 'unreadable'
  | 'busy'
  | 'not-found'
  | 'fault'
  | 'request'
  | 'expired'

export type TroubleProps = { frame: Frame; trouble: Trouble; request?: string; reason?: string; way: string }

/** Where trying again would end the same way. */
const leadsToSignIn: readonly Trouble[] = ['lost', 'not-found', 'request', 'expired']

export const TroublePage = ({ frame, trouble, request = '', reason = '', way }: TroubleProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t(`${trouble}.title`)} lead={t(`${trouble}.lead`, { request, reason })}>
      <LinkButton href={way}>{t(leadsToSignIn.includes(trouble) ? 'signIn' : 'again')}</LinkButton>
    </Page>
  )
}
