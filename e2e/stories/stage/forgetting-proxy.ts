import { createServer, request } from 'node:http'
import { listen } from '../../../src/platform/web/server.ts'

/** Between a browser and the web: no cookie passes, as in a browser that refuses them. */
export async function startForgettingProxy(): Promise<{ url: string; close(): void }> {
  const server = createServer((asked, answered) => {
    const { cookie: _, ...headers } = asked.headers
    const passedOn = request(asked.url ?? '', { method: asked.method, headers }, (answer) => {
      const { 'set-cookie': _, ...headers } = answer.headers
      answered.writeHead(answer.statusCode ?? 502, headers)
      answer.pipe(answered)
    })
    asked.pipe(passedOn)
  })
  const port = await listen(server, 0, '127.0.0.1')
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
