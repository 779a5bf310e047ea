/** The page of "It was not me". */
import type { Next } from '../../core/operations/disown/disown.ts'
import { DeadLink } from '../../ui/asking/link.tsx'
import { Form, LinkButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Support, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export const NotMePage = ({ frame, action, address }: { frame: Frame; action: string; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address) })}>
      <Form frame={frame} action={action} submit={t('submit')} />
    </Page>
  )
}

type NextProps = { frame: Frame; next: Next; support: string; forgot: string; signIn: string }

/** What comes next where no link to choose a password is shown: it was mailed, or nobody gets one for now. */
export const NextPage = ({ frame, next, ...ways }: NextProps) => {
  const t = texts.in(frame.language)
  const isMailed = next === 'mailed' || next === 'mailed-earlier'
  return (
    <Page frame={frame} title={t(isMailed ? 'mailedTitle' : 'safeTitle')} lead={t(next)}>
      {isMailed ? <Mailed {...{ frame, ...ways }} /> : <Waiting {...{ frame, next, ...ways }} />}
    </Page>
  )
}

const Mailed = ({ frame, forgot }: Pick<NextProps, 'frame' | 'forgot'>) => {
  const t = texts.in(frame.language)
  return (
    <>
      <Alternatives>{t('mailedWhy')}</Alternatives>
      <Alternatives>
        <a href={forgot}>{t('notThere')}</a>
      </Alternatives>
    </>
  )
}

const Waiting = ({ frame, next, support, signIn }: Omit<NextProps, 'forgot'>) =>
  next === 'address-taken' ? (
    <>
      <LinkButton href={signIn}>{texts.in(frame.language)('signIn')}</LinkButton>
      <Alternatives>
        <Support frame={frame} support={support} quiet />
      </Alternatives>
    </>
  ) : (
    <Support frame={frame} support={support} />
  )

export const DeadNoticePage = ({ frame, forgot }: { frame: Frame; forgot: string }) => (
  <DeadLink frame={frame} lead={texts.in(frame.language)('deadLead')} way={{ href: forgot }} />
)
