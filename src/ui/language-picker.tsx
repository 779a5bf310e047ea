import { factsOf, type LanguageFacts } from '../platform/languages/languages.ts'
import { urls } from '../urls.ts'
import { Hidden } from './form.tsx'
import type { Frame } from './frame.ts'

type ListProps = {
  frame: Frame
  languages: readonly LanguageFacts[]
  /** Where a button sends the form around it, or the one it names. */
  way?: { form: string | undefined; formaction: string; formnovalidate: boolean }
}

/** A button for each language, by its own name. The direction is said where it is another than that of the page. */
export const LanguageList = ({ frame, languages, way }: ListProps) => (
  <ul>
    {languages.map(({ code, name, direction }) => (
      <li>
        <button
          name="language"
          value={code}
          lang={code}
          dir={direction === factsOf(frame.language).direction ? undefined : direction}
          aria-current={code === frame.language ? 'true' : undefined}
          {...way}
        >
          {name}
        </button>
      </li>
    ))}
  </ul>
)

/** More of them make every page longer, and are no longer seen at a glance. */
const MOST_IN_A_LIST = 8

type PickerProps = { frame: Frame; form?: string | undefined }

/**
 * The present language, which opens the list of the others; where there are many, it leads to the page that has them.
 * The buttons belong to the page's main form where it has one, so that what was typed is posted along and comes back in
 * the new language.
 */
export const LanguagePicker = ({ frame, form }: PickerProps) => {
  const way = { form, formaction: urls.language, formnovalidate: true }
  const { name } = factsOf(frame.language)
  const others = frame.languages.filter(({ code }) => code !== frame.language)
  const isList = frame.languages.length <= MOST_IN_A_LIST
  const list = isList ? (
    <LanguageList frame={frame} languages={others} way={way} />
  ) : (
    <button type="submit" class="link" {...way}>
      {name}
    </button>
  )
  const sent = form ? (
    list
  ) : (
    <form method="post" action={urls.language}>
      <Hidden frame={frame} />
      {list}
    </form>
  )
  if (!isList) return sent
  return (
    <details class="language">
      <summary>{name}</summary>
      {sent}
    </details>
  )
}
