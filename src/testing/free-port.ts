import { createServer } from 'node:http'
import { seconds } from '../platform/clock.ts'
import { closeServer, listen } from '../platform/web/server.ts'

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server, 0, '127.0.0.1')
  await closeServer(server, seconds(0))
  return port
}
