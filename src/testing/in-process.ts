/** Requests that reach a server without a socket: for tests that make thousands. */
import { type IncomingHttpHeaders, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** Takes down what is written to it, and is connected to nothing. */
class Wire extends Socket {
  readonly chunks: Buffer[] = []
  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk))
    done()
  }
  override _writev(chunks: { chunk: Buffer | string }[], done: () => void): void {
    for (const { chunk } of chunks) this.chunks.push(Buffer.from(chunk))
    done()
  }
}

export type Answered = { status: number; location: string; text: string }
export type Asked = { method?: string; headers?: IncomingHttpHeaders; form?: Record<string, string> }

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
      const location = /^location: (.*)$/im.exec(head)?.[1] ?? ''
      resolve({ status: response.statusCode, location, text: rest.join('\r\n\r\n') })
      response.emit('close')
    }),
  )
  server.emit('request', request, response)
  return answered
}
