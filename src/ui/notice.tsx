/** The pieces that say something: notes and alerts, cards with rows, badges, facts. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { defineTexts } from '../platform/languages/languages.ts'
import { LinkButton } from './form.tsx'
import type { Frame } from './frame.ts'

/** Marks a value that stands out in a sentence: `t('sent', { address: strong(address) })`, for `<Prose>` or a letter. */
export const strong = (value: string): string => `\u2068${value.replace(/[\u2068\u2069]/g, '')}\u2069`

/** A sentence cut at its marked values, which are the parts with an odd index. */
export const partsOf = (sentence: string): string[] => sentence.split(/\u2068([^\u2068\u2069]*)\u2069/)

/** A sentence with its marked values in bold, each read in its own direction. Anything but a text is left as it is. */
export const Prose = ({ children }: { children?: Child }) =>
  typeof children === 'string'
    ? partsOf(children).map((part, at) => (at % 2 ? <b dir="auto">{part}</b> : part))
    : children

/** Good to know: how far a letter got, what happens next. */
export const Note = ({ children }: PropsWithChildren) => (
  <div class="note">
    <Prose>{children}</Prose>
  </div>
)

/** Something that needs the person's care. Problems with a form stand on top of its page by themselves. */
export const Alert = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <div class="alert">
    <h2>{title}</h2>
    {children && <div class="small">{children}</div>}
  </div>
)

/** What one may do instead, under the form: a question with a link or a `<QuietButton>`. */
export const Alternatives = ({ children }: PropsWithChildren) => <div class="after">{children}</div>

/** A thin line with a word in it, between two ways of doing the same. */
export const Divider = ({ children }: PropsWithChildren) => <p class="or">{children}</p>

/** Things of one kind on a sheet of their own. */
export const Card = ({ title, lead, children }: PropsWithChildren<{ title?: string; lead?: Child }>) => (
  <section class="card">
    {title && (
      <header>
        <h2>{title}</h2>
        {lead && (
          <p class="small soft">
            <Prose>{lead}</Prose>
          </p>
        )}
      </header>
    )}
    {children}
  </section>
)

/** The list of `<Row>`s in a `<Card>`. */
export const Rows = ({ children }: PropsWithChildren) => <ul class="rows">{children}</ul>

type RowProps = PropsWithChildren<{
  title: Child
  detail?: Child
  /** Names the row for the button at its end: `<QuietButton about={id}>`. */
  id?: string
}>

/** One thing of a list, what is to know about it, and at the end its state or the way to change it. */
export const Row = ({ title, detail, id, children }: RowProps) => (
  <li>
    <div class="what">
      <p id={id}>
        <b dir="auto">{title}</b>
      </p>
      {detail && (
        <p class="small soft">
          <Prose>{detail}</Prose>
        </p>
      )}
    </div>
    {children}
  </li>
)

/** A state in a word or two. */
export const Badge = ({ children, alarm }: PropsWithChildren<{ alarm?: boolean }>) => (
  <span class={alarm ? 'badge alarm' : 'badge'}>{children}</span>
)

export type Fact = { label: string; value: string }

/** What is known of something, line by line. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(({ label, value }) => (
      <div>
        <dt>{label}</dt>
        <dd dir="auto">{value}</dd>
      </div>
    ))}
  </dl>
)

const supportTexts = defineTexts('support', {
  ask: 'For help, ask {support}.',
  askOperator: 'For help, ask the company that you have the account from.',
  write: 'Write to support',
  open: 'Open the support page',
})

/** Whom to ask, as the operator has named them in PASSERELLE_SUPPORT: an address, a web page, a few words, or nobody. `quiet`: the second of two things to do. */
export const Support = ({ frame, support, quiet = false }: { frame: Frame; support: string; quiet?: boolean }) => {
  const t = supportTexts.in(frame.language)
  const button = (href: string, words: string) => (
    <LinkButton href={href} quiet={quiet}>
      {words}
    </LinkButton>
  )
  if (/^[^\s@]+@[^\s@]+$/.test(support)) return button(`mailto:${support}`, t('write'))
  if (/^https?:\/\/\S+$/.test(support)) return button(support, t('open'))
  return <Note>{support ? t('ask', { support: strong(support) }) : t('askOperator')}</Note>
}
