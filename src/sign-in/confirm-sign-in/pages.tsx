/** The page of a code that confirms a sign-in from an unlikely place. */
import { CodePage, type CodeProps } from '../../ui/asking/code.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ConfirmProps = CodeProps & { address: string; minutes: number }

export const ConfirmPage = ({ address, minutes, ...asked }: ConfirmProps) => {
  const t = texts.in(asked.frame.language)
  return <CodePage {...asked} submit={t('submit')} lead={t('lead', { address: strong(address), minutes })} />
}
