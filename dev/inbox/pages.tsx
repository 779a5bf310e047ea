/** The pages of the development inbox: the list, which loads itself anew, and one message, which stays. */
import { createHash } from 'node:crypto'
import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { Entry } from './inbox.ts'

const style = `
.inbox { inline-size: min(100%, 52rem); margin: 0 auto; padding: 1.75rem 1.25rem 3rem; }
.inbox .rows li { align-items: start; }
.inbox .what > a { font-weight: 600; }
.inbox time { white-space: nowrap; }
.inbox .digits { margin: 0; padding: 0.25rem 0.75rem; }
.inbox .button { inline-size: auto; }
.inbox pre { margin: 0; padding: 1.25rem; overflow: auto; white-space: pre-wrap; }
.inbox iframe { display: block; inline-size: 100%; block-size: 42rem; border: 0; border-radius: 1rem; }
.inbox h2 { margin-block: 1.5rem 0.75rem; }
.inbox .card > * { margin: 0; }
`
/** The one inline style, as Content-Security-Policy names it. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

const REFRESH_SECONDS = 4

type DocumentProps = PropsWithChildren<{ cssPath: string; title: string; refreshes?: boolean }>

const Document = ({ cssPath, title, refreshes = false, children }: DocumentProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {refreshes && <meta http-equiv="refresh" content={`${REFRESH_SECONDS}`} />}
      <title>{`${title} - Development inbox`}</title>
      <link rel="stylesheet" href={cssPath} />
      <style>{raw(style)}</style>
    </head>
    <body>
      <header class="top">
        <a class="brand" href="/dev/inbox">
          Development inbox
        </a>
        <span class="person">nothing here has left this machine</span>
      </header>
      <main class="inbox">{children}</main>
    </body>
  </html>
)

type InboxProps = { cssPath: string; entries: readonly Entry[]; to: string | undefined }

export const InboxPage = ({ cssPath, entries, to }: InboxProps) => (
  <Document cssPath={cssPath} title={to ?? 'All messages'} refreshes>
    <h1>{to ?? 'All messages'}</h1>
    <p class="lead">
      {to === undefined ? (
        'The newest first. New ones appear by themselves.'
      ) : (
        <a href="/dev/inbox">Show all messages</a>
      )}
    </p>
    {entries.length === 0 ? (
      <p class="note">Nothing yet. Sign up, or ask for a new password, and the letter appears here.</p>
    ) : (
      <div class="card">
        <ul class="rows">
          {entries.map((entry) => (
            <Row entry={entry} />
          ))}
        </ul>
      </div>
    )}
  </Document>
)

const CHANNELS: Record<Entry['channel'], string> = { mail: 'letter', sms: 'text message', voice: 'voice call' }

const Row = ({ entry }: { entry: Entry }) => (
  <li>
    <div class="what">
      <a href={`/dev/inbox/${entry.id}`} lang={entry.locale} dir="auto">
        {entry.subject || entry.text.split('\n')[0]}
      </a>
      <div class="small soft">
        to <a href={`/dev/inbox?${new URLSearchParams({ to: entry.to })}`}>{entry.to}</a>
        {' · '}
        <Time at={entry.sentAt} />
        {entry.channel !== 'mail' && ` · ${CHANNELS[entry.channel]}`}
      </div>
    </div>
    {entry.code !== null && <p class="digits">{entry.code}</p>}
    {entry.link !== null && (
      <a class="button quiet" href={entry.link}>
        Open the link
      </a>
    )}
  </li>
)

const Time = ({ at }: { at: string }) => <time datetime={at}>{`${at.slice(0, 19).replace('T', ' ')} UTC`}</time>

export const LetterPage = ({ cssPath, entry }: { cssPath: string; entry: Entry }) => (
  <Document cssPath={cssPath} title={entry.subject || CHANNELS[entry.channel]}>
    <h1 lang={entry.subject ? entry.locale : 'en'} dir="auto">
      {entry.subject || `A ${CHANNELS[entry.channel]}`}
    </h1>
    <dl class="facts">
      <Fact label="To">{entry.to}</Fact>
      <Fact label="Sent">
        <Time at={entry.sentAt} />
      </Fact>
      <Fact label="Template">{`${entry.template}, ${entry.locale}`}</Fact>
      {entry.code !== null && (
        <Fact label="Code">
          <span class="digits">{entry.code}</span>
        </Fact>
      )}
      {entry.link !== null && (
        <Fact label="Link">
          <a href={entry.link}>{entry.link}</a>
        </Fact>
      )}
    </dl>
    {entry.html && (
      <>
        <h2>As mail programs show it</h2>
        <div class="card">
          <iframe src={`/dev/inbox/${entry.id}.html`} sandbox="" title={entry.subject} />
        </div>
      </>
    )}
    <h2>{entry.channel === 'voice' ? 'As it is spoken' : 'As text'}</h2>
    <div class="card">
      <pre lang={entry.locale} dir="auto">
        {entry.text}
      </pre>
    </div>
  </Document>
)

const Fact = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
