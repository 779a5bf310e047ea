import type { Child } from 'hono/jsx'
import { factsOf, type Language, languages } from '../../../src/platform/languages/languages.ts'
import type { SignedIn } from '../party/account-service.ts'
import type { Look } from './look.ts'
import { type MessageName, texts } from './texts.ts'

/** All that a page needs to know of the product, the person and the request. */
export type View = {
  product: { name: string; look: Look; issuer: string; other: { name: string; url: string } | undefined }
  language: Language
  /** Where the page is, so that a change of language comes back to it. */
  path: string
  person: SignedIn | undefined
}

type Link = { href: string; label: string }

/** The address that begins a sign-in and leads back to `to`. */
export function signInPath(to: string, more: Record<string, string> = {}): string {
  return `/sign-in?${new URLSearchParams({ to, ...more })}`
}

/** The frame of every page: mark, content, the languages. */
function Layout({ view, title, children }: { view: View; title: string; children?: Child }) {
  const { product, language, path, person } = view
  const t = texts.in(language)
  return (
    <html lang={language} dir={factsOf(language).direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === product.name ? title : `${title} · ${product.name}`}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/">
            <img src="/icon.svg" alt="" width="32" height="32" />
            {product.name}
          </a>
          {person && (
            <form method="post" action="/sign-out">
              <button type="submit" class="quiet">
                {t('signOut')}
              </button>
            </form>
          )}
        </header>
        <main class="stage">{children}</main>
        <footer class="foot">
          <p>{t('sample')}</p>
          <nav aria-label={t('language')}>
            <ul>
              {languages.map(({ code, name, direction }) => (
                <li>
                  <a
                    href={`/language/${code}?${new URLSearchParams({ to: path })}`}
                    lang={code}
                    dir={direction}
                    aria-current={code === language ? 'true' : undefined}
                  >
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </footer>
      </body>
    </html>
  )
}

/** What the product is, and the two ways in. */
export function Welcome({ view, ended }: { view: View; ended: boolean }) {
  const { product, language } = view
  const t = texts.in(language)
  const own = product.look.texts.in(language)
  return (
    <Layout view={view} title={product.name}>
      <div class="hero">
        {ended && (
          <p class="note" role="status">
            {t('ended')}
          </p>
        )}
        <h1>{own('claim')}</h1>
        <p class="lead">{own('lead')}</p>
        <p class="actions">
          <a class="button" href={signInPath('/')}>
            {t('signIn')}
          </a>
          <a class="button quiet" href={signInPath('/', { prompt: 'create' })}>
            {t('signUp')}
          </a>
        </p>
        <p class="soft">{t('oneAccount')}</p>
        <p>
          <a href={product.look.deep.path}>{own('deepLink')}</a>
        </p>
      </div>
    </Layout>
  )
}

/** Who is signed in, and where one can go from here. */
export function Home({ view, person }: { view: View; person: SignedIn }) {
  const { product, language } = view
  const t = texts.in(language)
  const own = product.look.texts.in(language)
  const facts = [
    [t('name'), person.name],
    [t('email'), person.email],
    [t('subject'), person.sub],
  ]
  return (
    <Layout view={view} title={product.name}>
      <div class="hero">
        <h1>{t('hello', { name: person.name })}</h1>
        <p class="lead">
          <a href={product.look.deep.path}>{own('deepLink')}</a>
        </p>
      </div>
      <section class="sheet" aria-labelledby="account">
        <h2 id="account">{t('yourAccount')}</h2>
        <dl class="facts">
          {facts.map(([term, value]) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {person.refreshedAt && (
          <p class="note" role="status">
            {t('refreshed', { time: clockTime(person.refreshedAt, language) })}
          </p>
        )}
        {person.refreshToken && (
          <form class="actions" method="post" action="/refresh">
            <button type="submit">{t('refresh')}</button>
          </form>
        )}
      </section>
      <ul class="elsewhere">
        {elsewhere(view).map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </Layout>
  )
}

/** The invoice or the payslip that the person came for. */
export function DeepPage({ view, item, name }: { view: View; item: string; name: string }) {
  const { deep } = view.product.look
  const title = deep.titleOf(view.language, item)
  return (
    <Layout view={view} title={title}>
      <article class="sheet">
        <h1>{title}</h1>
        <deep.Page language={view.language} name={name} />
      </article>
      <p>
        <a href="/">{texts.in(view.language)('home')}</a>
      </p>
    </Layout>
  )
}

/** What asks for more than a password. */
export const bankPath = '/bank-details'

export function BankPage({ view }: { view: View }) {
  const t = texts.in(view.language)
  return (
    <Layout view={view} title={t('bank')}>
      <article class="sheet">
        <h1>{t('bank')}</h1>
        <p>{t('bankLead')}</p>
        <p>
          <code>CA00 0000 0000 0000 0000</code>
        </p>
      </article>
      <p>
        <a href="/">{t('home')}</a>
      </p>
    </Layout>
  )
}

type MessageProps = { view: View; message: MessageName; code: string | undefined; next: Link | undefined }

/** One calm sentence about what went wrong, and the ways on. `code` is for the developer who looks. */
export function MessagePage({ view, message, code, next }: MessageProps) {
  const t = texts.in(view.language)
  const title = t(`${message}.title`)
  return (
    <Layout view={view} title={title}>
      <div class="hero">
        <h1>{title}</h1>
        <p class="lead">{t(`${message}.text`)}</p>
        {code && (
          <p class="soft">
            <code>{code}</code>
          </p>
        )}
        <p class="actions">
          {next && (
            <a class="button" href={next.href}>
              {next.label}
            </a>
          )}
          <a class={next ? 'button quiet' : 'button'} href="/">
            {texts.in(view.language)('home')}
          </a>
        </p>
      </div>
    </Layout>
  )
}

function elsewhere({ product, language }: View): Link[] {
  const t = texts.in(language)
  const links = [
    { href: bankPath, label: t('bank') },
    { href: `${product.issuer.replace(/\/$/, '')}/account`, label: t('account') },
  ]
  if (product.other) links.push({ href: product.other.url, label: t('open', { product: product.other.name }) })
  return links
}

function clockTime(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'long' }).format(at)
}
