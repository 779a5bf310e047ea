/** Name and language. */
import type { Language } from '../../platform/languages/languages.ts'
import { Field, Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { type Portal, PortalPage, sectionOf } from '../../ui/layout.tsx'
import { Note } from '../../ui/notice.tsx'
import { urls } from '../../urls.ts'
import { texts } from './texts.ts'

export type ProfileProps = {
  frame: Frame
  portal: Portal
  profile: { firstName: string; lastName: string; language: Language }
  saved?: boolean
  problems?: ProblemTexts
}

export const ProfilePage = ({ frame, portal, profile, saved, problems = {} }: ProfileProps) => {
  const t = texts.in(frame.language)
  const labels = { 'first-name': t('firstName'), 'last-name': t('lastName') }
  const line = (name: keyof typeof labels, value: string, autocomplete: string) => (
    <Field {...{ frame, name, label: labels[name], value, autocomplete }} problem={problems[name]} />
  )
  const title = sectionOf(portal, urls.profile)?.label ?? ''
  return (
    <PortalPage {...{ frame, portal, title, problems, labels }} current={urls.profile} lead={t('lead')}>
      {saved && <Note>{t('saved')}</Note>}
      <Form frame={frame} action={urls.profile} submit={t('submit')}>
        {line('first-name', profile.firstName, 'given-name')}
        {line('last-name', profile.lastName, 'family-name')}
        <Field
          frame={frame}
          name="locale"
          label={t('language')}
          value={profile.language}
          options={frame.languages.map(({ code, name }) => ({ value: code, label: name }))}
          hint={t('languageHint')}
        />
      </Form>
    </PortalPage>
  )
}
