/** The HTTP server in front: time limits, headers, one origin, a number for every request, and where it goes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { between, type Clock, type Duration } from '../clock.ts'
import { acceptedTags, firstLanguage } from '../languages/matching.ts'
import type { Log } from '../log/log.ts'
import { drawId, type Random } from '../random.ts'
import { setHeaders } from './headers.ts'
import { answerUnreadable, rawErrorPage } from './raw-error-page.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

export type Front = {
  /** The public origin: what every part behind believes the request was for, whatever its Host header said. */
  origin: string
  /** Who serves a path: the first that says it does; the last one serves every path. */
  handlers: readonly { serves(path: string): boolean; handle: Handler }[]
  log: Log
  random: Random
  clock: Clock
  seen(request: IncomingMessage, response: ServerResponse, ms: number): void
  /** Refuses requests that name another machine (421): a page elsewhere may have its own host name lead here. */
  development?: boolean
}

export function makeServer({ origin, handlers, log, random, clock, seen, development = false }: Front): Server {
  const url = new URL(origin)
  const https = url.protocol === 'https:'
  const server = createServer({
    maxHeaderSize: 16 * 1_024,
    requestTimeout: 15_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 65_000,
  })
  server.maxRequestsPerSocket = 10_000
  answerUnreadable(server)
  server.on('request', async (request, response) => {
    const began = clock.now()
    const id = drawId('req', random, clock)
    request.headers['x-request-id'] = id
    const path = readPath(request)
    const foreign = development && !isForAnyHost(path) && !isOurHost(request.headers.host, url)
    forceOrigin(request, url)
    setHeaders(response, https)
    response.setHeader('X-Request-Id', id)
    response.on('close', () => seen(request, response, between(began, clock.now()).ms))
    if (foreign) return inWords(request, response, 421)
    if (path === '') return inWords(request, response, 400)
    try {
      await handlers.find((one) => one.serves(path))?.handle(request, response)
    } catch (error) {
      log.error({ err: error, request: id }, 'a request failed')
      if (!response.headersSent) inWords(request, response, 500)
      else response.destroy()
    }
  })
  return server
}

const isOurHost = (host = '', url: URL): boolean =>
  host === url.host || /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host)

/** Orchestrators and Prometheus ask by the address of the container; nothing there is anybody's. */
const isForAnyHost = (path: string): boolean => /^\/(health|metrics)(\/|$)/.test(path)

function inWords(
  { headers }: IncomingMessage,
  response: ServerResponse,
  status: Parameters<typeof rawErrorPage>[0],
): void {
  const page = rawErrorPage(status, firstLanguage(acceptedTags(headers['accept-language'] ?? '')))
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' }).end(page)
}

/**
 * The path asked for; empty where there is none. A backslash in it is written as it would be in an address: the parts
 * behind take it for a slash, or for nothing they can read.
 */
function readPath(request: IncomingMessage): string {
  const [path = '', ...query] = (request.url ?? '').replace(/^[^?]*/, (it) => it.replaceAll('\\', '%5C')).split('?')
  request.url = [path, ...query].join('?')
  return path.startsWith('/') || (/^https?:/i.test(path) && URL.canParse(path)) ? path : ''
}

/**
 * Nothing behind can learn another origin than the configured one: no Host, no forwarding header chooses a link. What
 * stays, X-Forwarded-For and Forwarded, is read by client-address.ts alone.
 */
function forceOrigin(request: IncomingMessage, url: URL): void {
  for (const name of Object.keys(request.headers))
    if (name.startsWith('x-forwarded-') && name !== 'x-forwarded-for') delete request.headers[name]
  request.headers.host = url.host
  request.headers['x-forwarded-proto'] = url.protocol.slice(0, -1)
}

/** Listens; answers the port, which is another than asked for where that was 0. @throws one clear line */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(cannotListen(port, host, error.code)))
    })
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

function cannotListen(port: number, host: string, code = ''): string {
  if (['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(code))
    return `HOST ${host} is no address of this machine (${code}); set HOST to another`
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`
  return `port ${port} on ${host} ${why}; set PORT to another`
}

/** Takes no new requests and lets those under way end; cuts off what has not ended within `patience`. */
export async function closeServer(server: Server, patience: Duration): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), patience.ms)
  await closed
  clearTimeout(cut)
}
