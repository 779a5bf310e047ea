/**
 * Who does something, and where the request came from, as far as it can be believed. What is done is written to the audit log
 * with its actor (core/events).
 */
export type Actor = {
  /** `person`: somebody who uses the pages. `staff` and `api-token`: of the operator. `system`: the service by itself. */
  kind: 'person' | 'staff' | 'api-token' | 'system'
  /** Which account, member of staff or token. Null for the service, and for a person: theirs is the account that the event is of. */
  id: string | null
  /** The account in whose name it is done by somebody else. */
  onBehalfOf?: string
  /** The `X-Request-Id` of the answer; empty where no request led to it. */
  request: string
  /** An address, or an IPv6 /64. */
  network: string
  /** What the browser says it is. */
  userAgent: string
  /** SHA-256 of the secret that names the browser; empty where there is none. */
  browser: string
  /** SHA-256 of the value of the trust cookie that came; empty without one. */
  trust?: string
}

/** What the service does by itself. */
export const system: Actor = { kind: 'system', id: null, request: '', network: '', userAgent: '', browser: '' }
