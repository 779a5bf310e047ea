/** Every language there is, where the foot of a page has no room for them. */
import { type LanguageFacts, languages } from '../../platform/languages/languages.ts'
import { Hidden } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { LanguageList } from '../../ui/language-picker.tsx'
import { Page } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

type Props = {
  /** `here` and `draft` are of the page that opens again. */
  frame: Frame
  all?: readonly LanguageFacts[]
}

export const LanguagePage = ({ frame, all = languages }: Props) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')}>
      <form class="languages" method="post" action={urls.language}>
        <Hidden frame={frame} values={frame.draft} />
        <LanguageList frame={frame} all={all} />
      </form>
    </Page>
  )
}
