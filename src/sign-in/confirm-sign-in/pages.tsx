/** The page of a code that confirms a sign-in from an unlikely place. */
import { AskForCode, type CodeProps, codeProblems, codeTexts } from '../../ui/asking/code.tsx'
import { Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ConfirmProps = Omit<CodeProps, 'submit'> & { address: string; minutes: number }

export const ConfirmPage = ({ address, minutes, ...asked }: ConfirmProps) => {
  const { frame } = asked
  const t = texts.in(frame.language)
  const props = { ...asked, submit: t('submit') }
  return (
    <Page
      frame={frame}
      title={codeTexts.in(frame.language)('code')}
      lead={t('lead', { address: strong(address), minutes })}
      {...codeProblems(props)}
    >
      <AskForCode {...props} />
    </Page>
  )
}
