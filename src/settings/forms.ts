/** Forms of settings that take more than a pattern to check. */
import { makeAddresses } from '../platform/web/client-address.ts'

export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, origin } = new URL(value)
  return /^https?:$/.test(protocol) && origin === value
}

/** A path, or a URL by which nobody on the way can drop what is posted; on loopback there is no way. */
export const takesCheckpoints = (value: string): boolean =>
  !/^\w+:\/\//.test(value) || (/^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(value) && URL.canParse(value))

export function areNetworks(entries: readonly string[]): boolean {
  try {
    makeAddresses(entries)
    return true
  } catch {
    return false
  }
}
