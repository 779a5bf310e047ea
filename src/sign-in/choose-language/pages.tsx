/** Every language there is, where the foot of a page has no room for them. */
import { Hidden } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { LanguageList } from '../../ui/language-picker.tsx'
import { Page } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

/** `here` and `draft` of the frame are of the page that opens again. */
export const LanguagePage = ({ frame }: { frame: Frame }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead')}>
      <form class="languages" method="post" action={urls.language}>
        <Hidden frame={frame} values={frame.draft} />
        <LanguageList frame={frame} languages={frame.languages} />
      </form>
    </Page>
  )
}
