/** The tokens that open what is for machines: the operator's API, the metrics. */
import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '../platform/secrets/keyring.ts'

/** Whether the bearer token of a request (RFC 6750) is one of these; takes the same time whichever it is. */
export function bearerIs(header: string | undefined, ...tokens: readonly string[]): boolean {
  const [, token = ''] = /^Bearer +(.+)$/i.exec(header ?? '') ?? []
  const given = Buffer.from(sha256(token))
  return tokens.filter((one) => one !== '' && timingSafeEqual(given, Buffer.from(sha256(one)))).length > 0
}
