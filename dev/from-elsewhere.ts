/** The aids of development are for whoever sits at this machine, not for the web pages they visit. */
import type { MiddlewareHandler } from 'hono'

/** Knows nothing (404) when a browser says that a page of another site asks (Fetch Metadata). No CORS header is sent. */
export const notFromElsewhere: MiddlewareHandler = async (c, next) =>
  c.req.header('sec-fetch-site') === 'cross-site' ? c.notFound() : next()
