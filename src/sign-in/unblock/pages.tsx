/**
 * The page of an unblock link: two plain choices. Programs that check mail press the buttons of a page as they find them;
 * they do not tick its boxes. So each choice has one, which says what it does.
 */
import { DeadLink } from '../../ui/asking/link.tsx'
import { Checkbox, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** Each is also the name of its box. */
export type Choice = 'was-me' | 'was-not-me'

type UnblockProps = { frame: Frame; action: string; address: string; unticked?: Choice | undefined }

export const UnblockPage = ({ frame, action, address, unticked }: UnblockProps) => {
  const t = texts.in(frame.language)
  const labels = { 'was-me': t('meWhy'), 'was-not-me': t('notMeWhy') }
  const problems: ProblemTexts = unticked ? { [unticked]: t('tickFirst') } : {}
  const box = (name: Choice) => <Checkbox {...{ frame, name }} label={labels[name]} problem={problems[name]} />
  const lead = t('lead', { address: strong(address) })
  return (
    <Page {...{ frame, lead, problems, labels }} title={t('title')}>
      <Form frame={frame} action={action} submit={t('me')} values={{ who: 'was-me' }}>
        {box('was-me')}
      </Form>
      <Form id="other" quiet frame={frame} action={action} submit={t('notMe')} values={{ who: 'was-not-me' }}>
        {box('was-not-me')}
      </Form>
    </Page>
  )
}

export const DeadUnblockPage = ({ frame, forgot }: { frame: Frame; forgot: string }) => (
  <DeadLink frame={frame} lead={texts.in(frame.language)('deadLead')} way={{ href: forgot }} />
)
