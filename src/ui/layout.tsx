/** The whole document around a page: one layout for the way in, one for account management. */
import { raw } from 'hono/html'
import { type Child, Fragment, type PropsWithChildren } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { type Language, languages } from '../platform/languages/languages.ts'
import { Problems, QuietButton } from './form.tsx'
import type { Frame, Link, ProblemTexts } from './frame.ts'
import { LanguagePicker } from './language-picker.tsx'
import { Mark, Tile } from './mark.tsx'
import { Prose, strong } from './notice.tsx'
import { texts } from './texts.ts'

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
    <html lang={language} dir={languages.find(({ code }) => code === language)?.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} - ${brand.name}`}</title>
        <link rel="stylesheet" href={assets.cssPath} />
        <link rel="icon" href={assets.iconPath} type="image/svg+xml" />
        <script type="module" src={assets.scriptPath} />
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
}

/** What is wrong, if anything; the heading that says what the page is; a sentence of why. */
const Opening = ({ frame, title, lead, problems = {} }: OpeningProps) => {
  return (
    <>
      <Summary language={frame.language} problems={problems} />
      <h1>{title}</h1>
      {lead && (
        <p class="lead">
          <Prose>{lead}</Prose>
        </p>
      )}
    </>
  )
}

/** A single problem with the form as a whole is its own title; else they are counted, and each leads to its field. */
const Summary = ({ language, problems }: { language: Language; problems: ProblemTexts }) => {
  const items = Object.fromEntries(Object.entries(problems).filter(([, text]) => text))
  const count = Object.keys(items).length
  if (count === 1 && items.form) return <Problems title={items.form} />
  return count > 0 ? <Problems title={texts.in(language)('problems', { count })} items={items} /> : null
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
  /** The address of whoever is signed in. */
  person?: string
}

type PortalPageProps = PropsWithChildren<
  OpeningProps & {
    portal: Portal
    /** The path of the section this page belongs to, or of home. */
    current: string
    /** The way back on a phone, where the list of sections is only at home. */
    back?: Link
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
        {portal.person && <span class="person">{portal.person}</span>}
      </header>
      <div class={home ? 'portal home' : 'portal'}>
        <nav class="side" aria-label={portal.home.label}>
          <Sections {...{ frame, portal, current, home }} />
        </nav>
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

type SectionsProps = { frame: Frame; portal: Portal; current: string; home: boolean }

const Sections = ({ frame, portal, current, home }: SectionsProps) => (
  <ul>
    {portal.sections.map(({ href, label }) => (
      <li>
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {label}
        </a>
      </li>
    ))}
    {home && (
      <li>
        <QuietButton frame={frame} action={portal.signOut.href}>
          {portal.signOut.label}
        </QuietButton>
      </li>
    )}
  </ul>
)
