/** Asks the running service, as the operator. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../operator/api.ts'
import { seconds } from '../../platform/clock.ts'
import { readValues, type Values } from '../../settings.ts'
import { patiently } from './output.ts'
import { Refusal } from './refusal.ts'

const PATIENCE = seconds(30)

/** Asks the API; `path` begins after /api/v1. @throws {Refusal} */
export async function ask<Answer>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  const values = readValues()
  const token = tokenOf(values)
  const { PASSERELLE_URL: url } = values
  if (isOverheard(url)) throw new Refusal('overheard', `${url} would carry the operator's token in clear: use https`)
  const headers = { Authorization: `Bearer ${token.text}`, ...(body && { 'Content-Type': 'application/json' }) }
  const response = await request(url, `/api/v1${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (response.status === 401)
    throw new Refusal('token-refused', `The service at ${url} does not accept the operator's token from ${token.from}`)
  if (response.ok && response.headers.get('content-type') === 'application/json') return readJson(response, url)
  if (response.status === 204 && method === 'DELETE') return JSON.parse('null')
  if (response.ok || response.headers.get('content-type') !== 'application/problem+json')
    throw notPasserelle(response, url)
  const { type = '', title = '', detail = title }: Partial<Problem> = await readJson(response, url)
  throw new Refusal(type.replace(/^.*:/, ''), detail)
}

async function readJson<Answer>(response: Response, url: string): Promise<Answer> {
  try {
    return JSON.parse(await response.text())
  } catch {
    throw notPasserelle(response, url)
  }
}

const notPasserelle = ({ status }: Response, url: string): Refusal =>
  new Refusal('not-passerelle', `What answers at ${url} is not Passerelle (status ${status})`)

/** @throws {Refusal} when nothing answers */
export async function request(url: string, path: string, options: RequestInit = {}): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE.ms)
  const response = fetch(url + path, { ...options, redirect: 'error', signal })
  return patiently(`Asking ${url}`, response).catch((error: unknown) => {
    throw new Refusal(
      'unreachable',
      `Nothing answers at ${url} (${whyNot(error)}): is the service running? PASSERELLE_URL says where it is`,
    )
  })
}

function whyNot(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

const isOverheard = (url: string): boolean =>
  /^http:/.test(url) && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

function tokenOf(values: Values): { text: string; from: string } {
  const { PASSERELLE_ADMIN_TOKEN: given, PASSERELLE_DATA: folder } = values
  if (given) return { text: given, from: 'PASSERELLE_ADMIN_TOKEN' }
  const file = join(folder, 'admin-token')
  try {
    return { text: readFileSync(file, 'utf8').trim(), from: file }
  } catch {
    throw new Refusal(
      'token-missing',
      `The operator's token is neither in PASSERELLE_ADMIN_TOKEN nor in ${file}, where the service keeps it`,
    )
  }
}
