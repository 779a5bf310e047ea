/** Requests that reach a server without a socket: for tests that make thousands. */
import { type IncomingHttpHeaders, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { type Carry, makeBrowser } from './browser.ts'
import { type TestService, testApp, testWorld } from './world.ts'

/** Takes down what is written to it, and is connected to nothing. */
class Wire extends Socket {
  readonly chunks: Buffer[] = []
  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk))
    done()
  }
  /** As of a socket to a loopback port. */
  override readonly remoteAddress = '127.0.0.1'
  override _writev(chunks: { chunk: Buffer | string }[], done: () => void): void {
    for (const { chunk } of chunks) this.chunks.push(Buffer.from(chunk))
    done()
  }
}

export type Answered = { status: number; headers: Headers; location: string; text: string }
export type Asked = { method?: string; headers?: IncomingHttpHeaders; form?: Record<string, string> | URLSearchParams }

/** One request with its answer. A form is posted as a browser posts one of ours. */
export function askInProcess(server: Server, path: string, { headers = {}, form, method }: Asked): Promise<Answered> {
  const wire = new Wire()
  const request = new IncomingMessage(wire)
  const body = form && new URLSearchParams(form).toString()
  const ofForm = body && {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'sec-fetch-site': 'same-origin',
  }
  request.method = method ?? (body ? 'POST' : 'GET')
  request.url = path
  request.headers = { host: 'localhost', accept: 'text/html', ...ofForm, ...headers }
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [name, String(value)])
  if (body) request.push(body)
  request.push(null)
  request.complete = true // or its end would count as breaking off
  const response = new ServerResponse(request)
  response.useChunkedEncodingByDefault = false
  response.assignSocket(wire)
  const answered = new Promise<Answered>((resolve) =>
    response.on('finish', () => {
      const [head = '', ...rest] = Buffer.concat(wire.chunks).toString().split('\r\n\r\n')
      const headers = new Headers()
      for (const line of head.split('\r\n').slice(1)) {
        const colon = line.indexOf(':')
        headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
      }
      const location = headers.get('location') ?? ''
      resolve({ status: response.statusCode, headers, location, text: rest.join('\r\n\r\n') })
      response.emit('close')
    }),
  )
  server.emit('request', request, response)
  return answered
}

/** What carries the requests of a browser without a socket. A body is a form. */
export const inProcess =
  (server: Server): Carry =>
  async (path, { method, headers, body }) => {
    const asked = { headers: Object.fromEntries(headers), ...(method && { method }) }
    const form = body instanceof URLSearchParams ? { form: body } : {}
    const { status, headers: answered, text } = await askInProcess(server, path, { ...asked, ...form })
    return { status, headers: answered, html: text }
  }

/** A service that listens nowhere: its browsers are in this process. Needs no test that it ends with. */
export async function serviceInProcess(environment: Record<string, string> = {}): Promise<TestService> {
  const world = await testWorld(environment)
  const app = await testApp(world)
  const carry = inProcess(app.server)
  const browser = () => makeBrowser(world.origin, carry)
  return { ...world, app, base: world.origin, browser, post: () => app.dispatcher.drain() }
}
