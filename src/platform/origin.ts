/**
 * Where a request came from, as far as it can be believed: an address or IPv6 /64, what the browser says it is, and the
 * SHA-256 of the secret that names the browser (empty where there is none).
 */
export type Origin = {
  network: string
  userAgent: string
  browser: string
  /** SHA-256 of the value of the trust cookie that came; empty without one. */
  trust?: string
}
