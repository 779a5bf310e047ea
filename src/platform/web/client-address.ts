/** Where a request comes from. A header is believed only when a proxy we trust has written it. */
import { BlockList, isIP } from 'node:net'

export type Addresses = { clientAddress(remote: string | undefined, forwardedFor: string | undefined): string }

const bare = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')

/** `trusted`: addresses or CIDR networks (RFC 4632, RFC 4291). @throws when one is neither */
export function makeAddresses(trusted: readonly string[]): Addresses {
  const list = new BlockList()
  for (const entry of trusted) {
    const { address, bits, version } = readNetwork(entry)
    list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6')
  }
  const isTrusted = (address: string): boolean => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
  return {
    /** Goes back along X-Forwarded-For from the hop that spoke to us, as long as the hop is trusted. */
    clientAddress(remote, forwardedFor) {
      const hops = (forwardedFor ?? '').split(',').map((hop) => bare(hop.trim()))
      let address = bare(remote ?? '')
      while (isTrusted(address) && hops.length > 0) {
        const previous = hops.pop() ?? ''
        if (isIP(previous) === 0) break
        address = previous
      }
      return address
    },
  }
}

/** The length of a prefix is written out in digits, and no longer than the address: `10.0.0.0/` would be everybody. */
function readNetwork(entry: string): { address: string; bits: number; version: number } {
  const [address = '', length, ...rest] = entry.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const isLength = length === undefined || (/^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= most)
  if (version === 0 || !isLength || rest.length > 0) throw new Error(`${entry} is neither an address nor a network`)
  return { address, bits: Number(length ?? most), version }
}

/** What is counted and shown: an IPv4 address, or the /64 of an IPv6 one, which is what one customer is given. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(8 - left.length - right.length, 0)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
