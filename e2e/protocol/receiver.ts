/** A product's server, as far as logout tokens go: takes what is posted to it, or refuses it. */
import { createServer } from 'node:http'
import { after } from 'node:test'

export type Receiver = {
  url: string
  /** The logout tokens it was sent, the newest last. */
  tokens: string[]
  /** What it answers from now on. */
  answer: number
}

/** Listens on a loopback port until the test file ends. */
export async function makeReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', tokens: [], answer: 200 }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => (body += part))
    request.on('end', () => {
      const token = new URLSearchParams(body).get('logout_token')
      if (token) receiver.tokens.push(token)
      response.writeHead(receiver.answer, receiver.answer === 302 ? { location: receiver.url } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  receiver.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/logout`
  return receiver
}
