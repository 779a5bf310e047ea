/** Every request is counted and written down, by the words of our own routes: a path may have an address in it. */
import { METHODS } from 'node:http'
import { inSeconds } from '../platform/clock.ts'
import type { Front } from '../platform/web/server.ts'
import type { World } from '../world.ts'

const MOST_PARTS = 8

/**
 * How a path is written down: without its query, and with … in place of every part that is no word of a route, be it an id,
 * an address, or whatever a stranger has made up.
 */
export function pathsToLog(routes: readonly string[]): (url: string | undefined) => string {
  const words = new Set(routes.flatMap((route) => route.split('/')).filter((word) => !/[:*{]/.test(word)))
  return (url = '') =>
    (url.split(/[?#]/)[0] ?? '')
      .split('/')
      .slice(0, MOST_PARTS)
      .map((part) => (words.has(part) ? part : '…'))
      .join('/')
}

export function watch({ metrics, log }: Pick<World, 'metrics' | 'log'>, routes: readonly string[]): Front['seen'] {
  const pathToLog = pathsToLog(routes)
  return (request, response, ms) => {
    const method = METHODS.includes(request.method ?? '') ? String(request.method) : 'other'
    const status = response.headersSent ? response.statusCode : 0
    metrics.count('passerelle_requests_total', { method, status: String(status) })
    metrics.observe('passerelle_request_seconds', inSeconds({ ms }))
    const fields = {
      request: response.getHeader('x-request-id'),
      method,
      path: pathToLog(request.url),
      status,
      ms: Math.round(ms),
    }
    log.info(fields, response.writableFinished ? 'answered' : 'the caller went away')
  }
}
