import { createServer } from 'node:http'
import { seconds } from '../platform/clock.ts'
import { closeServer, listen } from '../platform/web/server.ts'

/** A port of this machine that nobody listens on; nor on those after it, where several in a row are asked for. */
export async function freePort(inARow = 1): Promise<number> {
  const first = await probe(0)
  for (let port = first + 1; port < first + inARow; port++)
    if (!(await probe(port).catch(() => undefined))) return freePort(inARow)
  return first
}

async function probe(port: number): Promise<number> {
  const server = createServer()
  const found = await listen(server, port, '127.0.0.1')
  await closeServer(server, seconds(0))
  return found
}
