/** Forms and what stands in them. Each works without JavaScript; `islands/fields.js` adds comfort where it finds a mark. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Frame, PasswordName } from './frame.ts'
import { BrowserCheck } from './layout/browser-check.tsx'
import { texts } from './layout/texts.ts'

type Values = Readonly<Record<string, string>>

/** What every post carries: that the form is ours, the page to come back to, and what the page adds. */
export const Hidden = ({ frame, values = {} }: { frame: Frame; values?: Values | undefined }) => (
  <>
    {Object.entries({ csrf: frame.csrf, here: frame.here, ...values }).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

type FormProps = PropsWithChildren<{
  frame: Frame
  action: string
  submit: string
  id?: string
  values?: Values
  /** Where something else is the one thing to do. */
  quiet?: boolean
}>

/** The form of a page, with its one primary button. Named `form`, it is sent along when the language changes. */
export const Form = ({ frame, action, submit, id = 'form', values, quiet, children }: FormProps) => (
  <form id={id} method="post" action={action} novalidate>
    <Hidden frame={frame} values={values} />
    {children}
    {frame.challenge && id === 'form' && <BrowserCheck frame={frame} challenge={frame.challenge} />}
    <button type="submit" class={quiet ? 'button quiet' : 'button'}>
      {submit}
    </button>
  </form>
)

export type Described = {
  problem?: string | undefined
  hint?: Child
  /** Wrong together with others: the summary on top says why. */
  refused?: boolean | undefined
}

/** The ids of the texts that describe a field, as far as it has them. */
const describedBy = (id: string, { problem, hint, refused }: Described): string | undefined =>
  [refused && 'problems', problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined

export const stateOf = (id: string, described: Described) => ({
  'aria-invalid': described.problem || described.refused ? 'true' : undefined,
  'aria-describedby': describedBy(id, described),
})

type FieldFrameProps = PropsWithChildren<Described & { name: string; label: string; control: Child; look?: string }>

/** A control between its label and what describes it; children follow undescribed, as links do. */
export const FieldFrame = ({ name, label, control, look = 'field', problem, hint, children }: FieldFrameProps) => (
  <div class={look}>
    <label for={name}>{label}</label>
    {control}
    {problem && (
      <p class="problem" id={`${name}-problem`}>
        {problem}
      </p>
    )}
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {children}
  </div>
)

type FieldProps = PropsWithChildren<
  Described & {
    frame: Frame
    name: string
    label: string
    type?: 'text' | 'email' | 'tel' | 'search' | 'url'
    value?: string | undefined
    autocomplete?: string
    inputmode?: 'text' | 'email' | 'tel' | 'numeric' | 'search' | 'url'
    autofocus?: boolean
    /** Where one of a few is chosen instead of typed. */
    options?: readonly { value: string; label: string }[]
  }
>

/** One line of text, or a choice. What was typed before (`frame.draft`) comes ahead of `value`. */
export const Field = (props: FieldProps) => {
  const { frame, name, label, type = 'text', value, options, problem, hint, refused, children, ...more } = props
  const given = frame.draft[name] ?? value
  const state = stateOf(name, { problem, hint, refused })
  const control = options ? (
    <select id={name} name={name} {...state}>
      {options.map((it) => (
        <option value={it.value} selected={it.value === given}>
          {it.label}
        </option>
      ))}
    </select>
  ) : (
    <input id={name} name={name} type={type} value={given} {...more} {...state} />
  )
  return <FieldFrame {...{ name, label, problem, hint, children, control }} />
}

type PasswordFieldProps = PropsWithChildren<
  Described & {
    frame: Frame
    /** `password` stands alone; others stand beside one another, and their buttons say, unseen, which they show. */
    name: PasswordName
    label: string
    autocomplete: 'current-password' | 'new-password' | 'off'
    /** Says how strong a new password is while it is typed, from this length on. */
    strength?: { atLeast: number }
  }
>

/** A password, which never comes back from the server. Show and hide, and the words of strength, need JavaScript. */
export const PasswordField = (props: PasswordFieldProps) => {
  const { frame, name, label, autocomplete, problem, hint, refused, strength, children } = props
  const t = texts.in(frame.language)
  const control = (
    <>
      <div class="secret">
        <input
          id={name}
          name={name}
          type="password"
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          {...stateOf(name, { problem, hint, refused })}
        />
        <button type="button" class="link" hidden aria-controls={name} data-reveals={name} data-hide={t('hide')}>
          {t('show')}
          {name !== 'password' && <span class="unseen"> {label}</span>}
        </button>
      </div>
      {strength && (
        <p
          class="meter"
          role="status"
          data-measures={name}
          data-at-least={strength.atLeast}
          data-brand={frame.brand.name}
          data-short={t('tooShort', strength)}
          data-weak={t('weak')}
          data-fair={t('fair')}
          data-strong={t('strong')}
        />
      )}
    </>
  )
  return <FieldFrame {...{ name, label, problem, hint, children, control }} />
}

type CodeFieldProps = PropsWithChildren<
  Described & { frame: Frame; name?: string; label: string; digits?: number; autofocus?: boolean }
>

/** A code from a letter, a message or an app: one field, which takes spaces too. */
export const CodeField = (props: CodeFieldProps) => {
  const { frame, name = 'code', label, digits = 6, autofocus, problem, hint, refused, children } = props
  const control = (
    <input
      id={name}
      name={name}
      value={frame.draft[name]}
      inputmode="numeric"
      autocomplete="one-time-code"
      dir="ltr"
      autofocus={autofocus}
      data-digits={digits}
      {...stateOf(name, { problem, hint, refused })}
    />
  )
  return <FieldFrame look="field code" {...{ name, label, problem, hint, children, control }} />
}

type CheckboxProps = { frame: Frame; name: string; label: string; checked?: boolean; problem?: string | undefined }

/** Yes or no. A draft without it means that it was not ticked. */
export const Checkbox = ({ frame, name, label, checked = false, problem }: CheckboxProps) => (
  <div class="field">
    <label class="check">
      <input
        id={name}
        name={name}
        type="checkbox"
        value="yes"
        {...stateOf(name, { problem })}
        checked={Object.keys(frame.draft).length > 0 ? name in frame.draft : checked}
      />
      <span>{label}</span>
    </label>
    {problem && (
      <p class="problem" id={`${name}-problem`}>
        {problem}
      </p>
    )}
  </div>
)

type QuietButtonProps = PropsWithChildren<{
  frame: Frame
  action: string
  values?: Values
  look?: 'link' | 'button'
  /** The id of what it is about, where a page has several that say the same. */
  about?: string
}>

/** A deed of second rank: it posts, in a small form of its own, and looks like a link unless told otherwise. */
export const QuietButton = ({ frame, action, values, look = 'link', about, children }: QuietButtonProps) => (
  <form class={look === 'link' ? 'inline' : undefined} method="post" action={action}>
    <Hidden frame={frame} values={values} />
    <button type="submit" class={look === 'link' ? 'link' : 'button quiet'} aria-describedby={about}>
      {children}
    </button>
  </form>
)

/** An address that leads somewhere; anything else (`javascript:`, `data:`) leads nowhere. */
const leading = (href: string): string | undefined => (/^(https?:|mailto:|tel:|[/?#])/i.test(href) ? href : undefined)

/** A link that is what there is to do on a page; or, if `quiet`, the second of two things. */
export const LinkButton = ({ href, quiet, children }: PropsWithChildren<{ href: string; quiet?: boolean }>) => (
  <a class={quiet ? 'button quiet' : 'button'} href={leading(href)}>
    {children}
  </a>
)

/** Copies the text of another element; it shows where JavaScript can do so. */
export const CopyButton = ({ frame, of }: { frame: Frame; of: string }) => {
  const t = texts.in(frame.language)
  return (
    <button type="button" class="link" hidden aria-live="polite" data-copies={of} data-copied={t('copied')}>
      {t('copy')}
    </button>
  )
}
