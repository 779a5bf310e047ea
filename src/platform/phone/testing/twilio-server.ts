/** A server on loopback that speaks Twilio's API: it takes texts and calls, or answers as it is told to. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import type { PhoneMessage } from '../phone.ts'

export const SID = 'AC0123456789abcdef0123456789abcdef'
export const TOKEN = 'a token / of the tests'
export const FROM = '+15005550006'

export type Received = { path: string; headers: Record<string, string>; form: Record<string, string>; body: string }
/** What is answered instead of the usual, if anything. */
export type Answer = { status: number; body: object | string; location?: string } | 'silence' | 'half' | 'hang up'

/** An error as Twilio words it. */
export const failure = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
})

export type PhoneServer = {
  url: string
  host: string
  received: Received[]
  answers(answer: Answer | undefined): void
  answer(): Answer | undefined
}

export const sampleText: PhoneMessage = {
  id: 'msg_0190a1',
  channel: 'sms',
  to: '+16132361234',
  language: 'fr-CA',
  template: 'phone-code',
  text: 'Votre code Passerelle est 482913.',
  code: '482913',
}

/** Takes messages until the test ends. `url`: for SMS_URL. */
export async function openPhoneServer(t: Pick<TestContext, 'after'>): Promise<PhoneServer> {
  const received: Received[] = []
  let other: Answer | undefined
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const one = { path: request.url ?? '', headers, form: Object.fromEntries(new URLSearchParams(body)), body }
      received.push(one)
      const answer = other ?? usual(one)
      if (answer === 'silence') return
      if (answer === 'hang up') return request.socket.destroy()
      if (answer === 'half') return response.writeHead(201, { 'Content-Length': 100 }).write('{"sid":')
      const words = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      const more = answer.location && { Location: answer.location }
      return response.writeHead(answer.status, { 'Content-Type': 'application/json', ...more }).end(words)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const url = `twilio://${SID}:${encodeURIComponent(TOKEN)}@${host}?from=${FROM}`
  const answers = (answer: Answer | undefined): void => {
    other = answer
  }
  return { url, host, received, answers, answer: () => other }
}

const LOGIN = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`

function usual({ path, headers, form }: Received): Exclude<Answer, string> {
  const [, resource] = new RegExp(`^/2010-04-01/Accounts/${SID}/(Messages|Calls)\\.json$`).exec(path) ?? []
  if (headers.authorization !== LOGIN)
    return { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } }
  if (!resource) return { status: 404, body: { code: 20404, message: `${path} was not found`, status: 404 } }
  const needed = ['To', 'From', resource === 'Messages' ? 'Body' : 'Twiml']
  const missing = needed.find((name) => !form[name])
  if (missing) return { status: 400, body: { code: 21604, message: `${missing} is required`, status: 400 } }
  const sid = `${resource === 'Messages' ? 'SM' : 'CA'}0123456789abcdef0123456789abcdef`
  return { status: 201, body: { sid, status: 'queued', to: form.To, from: form.From, body: form.Body } }
}
