/** Where a request came from, as far as it can be believed: an address or IPv6 /64, and what the browser says it is. */
export type Origin = { network: string; userAgent: string }
