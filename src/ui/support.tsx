/** Whom to ask, as the operator has named them: an address, a web page, a few words, or nobody. */
import { defineTexts } from '../platform/languages/languages.ts'
import { LinkButton } from './form.tsx'
import type { Frame } from './frame.ts'
import { Note, strong } from './notice.tsx'

const texts = defineTexts('support', {
  ask: 'Ask {support}.',
  askOperator: 'Ask the company that you have the account from.',
  write: 'Write to support',
  open: 'Open the support page',
})

/** `support`: the setting PASSERELLE_SUPPORT. */
export const Support = ({ frame, support }: { frame: Frame; support: string }) => {
  const t = texts.in(frame.language)
  if (/^[^\s@]+@[^\s@]+$/.test(support)) return <LinkButton href={`mailto:${support}`}>{t('write')}</LinkButton>
  if (/^https?:\/\/\S+$/.test(support)) return <LinkButton href={support}>{t('open')}</LinkButton>
  return <Note>{support ? t('ask', { support: strong(support) }) : t('askOperator')}</Note>
}
