/** The whole document around a page: one layout for the way in, one for account management. */
import { raw } from 'hono/html'
import { type Child, Fragment, type PropsWithChildren } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { factsOf, type Language } from '../platform/languages/languages.ts'
import { QuietButton } from './form.tsx'
import type { FieldLabels, Frame, Link, ProblemTexts } from './frame.ts'
import { LanguagePicker } from './language-picker.tsx'
import { Mark, Tile } from './layout/mark.tsx'
import { texts } from './layout/texts.ts'
import { Prose, strong } from './notice.tsx'

/** The page as it is sent. */
export const renderPage = (page: JSX.Element): string => `<!doctype html>${page}`

type DocumentProps = PropsWithChildren<{ frame: Frame; title: string }>

/** Renders its content first: the footer must know whether there is a main form for the language buttons to send. */
const Document = ({ frame, title, children }: DocumentProps) => {
  const content = raw(String(Fragment({ children })))
  const mainForm = content.includes('<form id="form"') ? 'form' : undefined
  const { brand, assets, language } = frame
  const t = texts.in(language)
  return (
    <html lang={language} dir={factsOf(language).direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} - ${brand.name}`}</title>
        <link rel="stylesheet" href={assets.cssPath} />
        <link rel="icon" href={assets.iconPath} type="image/svg+xml" />
        <script type="module" src={assets.scriptPath} />
        {frame.challenge && <script type="module" src={assets.proofPath} />}
        {content.includes('data-passkey') && <script type="module" src={assets.passkeyPath} />}
      </head>
      <body>
        {content}
        <footer class="foot">
          <LanguagePicker frame={frame} form={mainForm} />
          {brand.privacy && <a href={brand.privacy}>{t('privacy')}</a>}
        </footer>
      </body>
    </html>
  )
}

type OpeningProps = {
  frame: Frame
  title: string
  /** One sentence of why. */
  lead?: Child
  problems?: ProblemTexts | undefined
  labels?: FieldLabels
}

/** What is wrong, if anything; the heading that says what the page is; a sentence of why. */
const Opening = ({ frame, title, lead, problems = {}, labels }: OpeningProps) => {
  return (
    <>
      <Summary language={frame.language} problems={problems} labels={labels} />
      <h1>{title}</h1>
      {lead && (
        <p class="lead">
          <Prose>{lead}</Prose>
        </p>
      )}
    </>
  )
}

type SummaryProps = { language: Language; problems: ProblemTexts; labels: FieldLabels | undefined }

/**
 * The summary on top of a refused form: it is read out first, names each field, leads there, and says what to do.
 * A single problem with the form as a whole is its own title.
 */
const Summary = ({ language, problems, labels = {} }: SummaryProps) => {
  const items = Object.entries(problems).filter(([, text]) => text)
  if (items.length === 0) return null
  const whole = items.length === 1 && problems.form
  return (
    <div class="alert" id="problems" role="alert" tabindex={-1}>
      <h2>{whole || texts.in(language)('problems', { count: items.length })}</h2>
      {!whole &&
        items.map(([field, text]) => (
          <p class="small">
            {labels[field] && <a href={`#${field}`}>{labels[field]}</a>} {text}
          </p>
        ))}
    </div>
  )
}

/** A page of the way in (sign-in, sign-up, codes): one sheet, one thing to do. */
export const Page = ({ children, ...opening }: PropsWithChildren<OpeningProps>) => {
  const { frame, title } = opening
  const { toward, language } = frame
  return (
    <Document frame={frame} title={title}>
      <header class="top">
        <span class="brand">
          <Mark /> {frame.brand.name}
        </span>
      </header>
      <main class="stage">
        <div class="sheet">
          {toward && (
            <p class="toward">
              <Tile product={toward} />
              <span>
                <Prose>{texts.in(language)('toward', { product: strong(toward.name) })}</Prose>
              </span>
            </p>
          )}
          <Opening {...opening} />
          {children}
        </div>
      </main>
    </Document>
  )
}

/** Account management as its pages share it: the way home, the list of sections, signing out. */
export type Portal = {
  home: Link
  sections: readonly Link[]
  signOut: Link
  /** The address of the person who is signed in. */
  person?: string
}

/** The section of that path; where something waits there is none. */
export const sectionOf = ({ sections }: Portal, path: string): Link | undefined =>
  sections.find(({ href }) => href === path)

type PortalPageProps = PropsWithChildren<
  OpeningProps & {
    portal: Portal
    /** The path of the section this page belongs to, or of home. */
    current: string
    /** The way back on a phone, where the list of sections is only at home. */
    back?: Link | undefined
  }
>

/**
 * A page of account management. A wide screen has the sections at its side; a phone has them on the first page, and a
 * way back to it on the others. Signing out stands on the first page only: in a list, the same words end one session.
 */
export const PortalPage = ({ portal, current, back = portal.home, children, ...opening }: PortalPageProps) => {
  const { frame, title } = opening
  const home = current === portal.home.href
  return (
    <Document frame={frame} title={title}>
      <a class="skip" href="#content">
        {texts.in(frame.language)('skip')}
      </a>
      <header class="top">
        <a class="brand" href={portal.home.href}>
          <Mark /> {frame.brand.name}
        </a>
        <div class="person">
          {portal.person}
          {home && (
            <QuietButton frame={frame} action={portal.signOut.href}>
              {portal.signOut.label}
            </QuietButton>
          )}
        </div>
      </header>
      <div class={home ? 'portal home' : 'portal'}>
        {portal.sections.length > 0 && <Sections portal={portal} current={current} />}
        <main id="content" tabindex={-1}>
          {!home && (
            <a class="back" href={back.href}>
              {back.label}
            </a>
          )}
          <Opening {...opening} />
          {children}
        </main>
      </div>
    </Document>
  )
}

const Sections = ({ portal, current }: { portal: Portal; current: string }) => (
  <nav class="side" aria-label={portal.home.label}>
    <ul>
      {portal.sections.map(({ href, label }) => (
        <li>
          <a href={href} aria-current={href === current ? 'page' : undefined}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
