import { factsOf, languages } from '../../platform/languages/languages.ts'
import { urls } from '../../urls.ts'
import { Hidden } from '../form.tsx'
import type { Frame } from '../frame.ts'

/**
 * The present language, which opens the list of the others. The buttons belong to the page's main form where it has
 * one, so that what was typed is posted along and comes back in the new language.
 */
export const LanguagePicker = ({ frame, form }: { frame: Frame; form?: string | undefined }) => {
  const list = (
    <ul>
      {languages
        .filter(({ code }) => code !== frame.language)
        .map(({ code, name, direction }) => (
          <li>
            <button
              type="submit"
              name="language"
              value={code}
              lang={code}
              dir={direction}
              form={form}
              formaction={urls.language}
              formnovalidate
            >
              {name}
            </button>
          </li>
        ))}
    </ul>
  )
  return (
    <details class="language">
      <summary>{factsOf(frame.language).name}</summary>
      {form ? (
        list
      ) : (
        <form method="post" action={urls.language}>
          <Hidden frame={frame} />
          {list}
        </form>
      )}
    </details>
  )
}
