/** `/dev/inbox`: a page for people, JSON for scripts. Mounted in development only. */
import { Hono } from 'hono'
import { notFromElsewhere } from '../from-elsewhere.ts'
import type { Inbox } from './inbox.ts'
import { InboxPage, LetterPage, styleSource } from './pages.tsx'

type Assets = { cssPath: string }

const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'self' ${styleSource}`,
  "img-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A letter is shown as a mail program would: no scripts, nothing loaded from anywhere, no way out of its frame. */
const LETTER_POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

export function inboxRoutes(inbox: Inbox, { cssPath }: Assets): Hono {
  const app = new Hono()
  // In a query a bare + reads as a space; addresses and numbers have plus signs and no spaces.
  const wanted = (to: string | undefined) => to?.replaceAll(' ', '+')
  app.use('/dev/inbox/*', notFromElsewhere)
  app.use('/dev/inbox.json', notFromElsewhere)

  app.get('/dev/inbox', (c) => {
    const to = wanted(c.req.query('to'))
    c.header('Content-Security-Policy', PAGE_POLICY)
    return c.html(`<!doctype html>${<InboxPage cssPath={cssPath} entries={inbox.list(to)} to={to} />}`)
  })
  app.get('/dev/inbox.json', (c) => c.json(inbox.list(wanted(c.req.query('to')))))
  app.delete('/dev/inbox.json', (c) => {
    inbox.clear()
    return c.body(null, 204)
  })
  app.get('/dev/inbox/:file{[\\w-]+\\.html}', (c) => {
    const entry = inbox.list().find(({ id }) => `${id}.html` === c.req.param('file'))
    if (!entry) return c.notFound()
    c.header('Content-Security-Policy', LETTER_POLICY)
    return c.html(entry.html)
  })
  app.get('/dev/inbox/:id{[\\w-]+}', (c) => {
    const entry = inbox.list().find(({ id }) => id === c.req.param('id'))
    if (!entry) return c.notFound()
    c.header('Content-Security-Policy', PAGE_POLICY)
    return c.html(`<!doctype html>${<LetterPage cssPath={cssPath} entry={entry} />}`)
  })
  return app
}
