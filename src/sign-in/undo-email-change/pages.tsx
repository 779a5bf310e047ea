/** The page of the link that undoes a change of address. */
import { DeadLink } from '../../ui/asking/link.tsx'
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Alternatives, Support, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export const UndoPage = ({ frame, action, address }: { frame: Frame; action: string; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address) })}>
      <Form frame={frame} action={action} submit={t('submit')} />
    </Page>
  )
}

export type TakenProps = {
  frame: Frame
  action: string
  address: string
  /** Until when the link works: a day, in words. */
  until: string
  signIn: string
  support: string
}

/** The address belongs to another account by now: the undo is refused until that account has another one. */
export const AddressTakenPage = ({ frame, action, address, until, signIn, support }: TakenProps) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('takenTitle')} lead={t('takenLead', { address: strong(address), until })}>
      <Form frame={frame} action={action} submit={t('takenSubmit')} />
      <Alternatives>
        <Support frame={frame} support={support} quiet />
      </Alternatives>
      <Alternatives>
        <a href={signIn}>{t('signIn')}</a>
      </Alternatives>
    </Page>
  )
}

type DeadUndoProps = { frame: Frame; forgot: string; support: string }

/** A new password helps only whose address it still is: after the week, support does. */
export const DeadUndoPage = ({ frame, forgot, support }: DeadUndoProps) => (
  <DeadLink frame={frame} lead={texts.in(frame.language)('deadLead')} way={{ href: forgot }}>
    <Alternatives>
      <Support frame={frame} support={support} quiet />
    </Alternatives>
  </DeadLink>
)
