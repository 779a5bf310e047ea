/** The operator of a test service: asks its API, and knows a problem when it is one. */
import assert from 'node:assert/strict'
import type { TestService } from './world.ts'

/** A product as the API takes it, with no more than is needed. */
export const shop = { client_id: 'shop', client_name: 'Shop', redirect_uris: ['https://shop.example.com/callback'] }

/** One request with the operator's token, unless other headers are given. */
export async function ask(
  service: TestService,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
) {
  const headers = {
    authorization: `Bearer ${service.adminToken}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...more,
  }
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const answer = await fetch(service.base + path, { method, headers, ...text })
  const said = await answer.text()
  return { status: answer.status, headers: answer.headers, body: said === '' ? undefined : JSON.parse(said) }
}

export function isProblem(
  { status, headers, body }: Awaited<ReturnType<typeof ask>>,
  expected: number,
  reason: string,
): void {
  assert.equal(headers.get('content-type'), 'application/problem+json')
  assert.deepEqual(Object.keys(body), ['type', 'title', 'status', 'detail'])
  assert.deepEqual([status, body.status, body.type], [expected, expected, `urn:passerelle:problem:${reason}`])
  assert.match(body.title, /^[^{}\n]+$/)
  assert.match(body.detail, /^[^{}\n]+$/)
}
