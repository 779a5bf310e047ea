/** Where a request comes from. A header is believed only when a proxy we trust has written it. */
import { BlockList, isIP } from 'node:net'

/**
 * By which header the trusted proxies say for whom they ask: X-Forwarded-For, or that of RFC 7239. With `any`, one is
 * believed only where the other is absent or says the same: a proxy that writes one lets pass what a client wrote into the other.
 */
export type ForwardedHeader = 'any' | 'x-forwarded-for' | 'forwarded'
export type Addresses = {
  clientAddress(remote: string | undefined, xForwardedFor: string | undefined, forwarded?: string | undefined): string
}

/** In one spelling (RFC 5952), without a zone (RFC 4007); an IPv4 address that is written as an IPv6 one is itself. */
function plainAddress(text: string): string {
  const address = text.replace(/%.*$/, '')
  if (isIP(address) !== 6) return address
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(plain)?.slice(1) ?? []
  if (high === undefined || low === undefined) return plain
  return [...Buffer.from(high.padStart(4, '0') + low.padStart(4, '0'), 'hex')].join('.')
}

// An address alone or in brackets, and a port where there is one, which may be hidden (RFC 7239, section 6).
const NODE = /^(?:\[([^\]\s]+)\](?::(?:\d{1,5}|_[\w.-]+))?|([\d.]+):(?:\d{1,5}|_[\w.-]+)|([^[\]\s]+))$/

/** The address that a hop is written with; undefined where it is none: `unknown`, `_hidden`, rubbish. */
function addressOf(hop: string): string | undefined {
  const [, bracketed, beforePort, alone] = NODE.exec(hop) ?? []
  const address = plainAddress(bracketed ?? beforePort ?? alone ?? '')
  return isIP(address) === 0 ? undefined : address
}

const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? text

/** RFC 7239, section 4: a name, and a token or a quoted string. */
const PAIR = /\s*([\w!#$%&'*+.^`|~-]+)=("(?:[^"\\]|\\.)*"|[^\s;,"\\]*)\s*(?:;|$)/gy

/** `for` of one element of Forwarded; empty where there is none or more than one, or it is no element. */
function forOf(element: string): string {
  const pairs = [...element.matchAll(PAIR)]
  const [value, ...more] = pairs.filter(([, name]) => name?.toLowerCase() === 'for').map(([, , value = '']) => value)
  const isWhole = pairs.map(([pair]) => pair).join('') === element
  return isWhole && more.length === 0 ? unquoted(value ?? '') : ''
}

/** The hops of a header. A comma in a quoted string parts it too, into pieces that are no elements. */
const hopsOf = (header = ''): string[] => (header.trim() === '' ? [] : header.split(','))

/**
 * `trusted`: addresses or CIDR networks (RFC 4632, RFC 4291). `warn` is told once of what cannot be made out.
 * @throws when an entry is neither
 */
export function makeAddresses(
  trusted: readonly string[],
  header: ForwardedHeader = 'any',
  warn: (message: string) => void = () => {},
): Addresses {
  const list = new BlockList()
  for (const entry of trusted) {
    const { address, bits, version } = readNetwork(entry)
    list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6')
  }
  const isTrusted = (address: string): boolean => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
  }
  const warned = new Set<string>()
  const warnOnce = (message: string): void => {
    if (!warned.has(message)) warn(message)
    warned.add(message)
  }

  /** Goes back from the hop that spoke to us as long as the hop is trusted: what stands before an untrusted one is its own word. */
  function walk(remote: string, hops: string[], read: (hop: string) => string): string {
    let address = remote
    while (isTrusted(address) && hops.length > 0) {
      const previous = addressOf(read(hops.pop() ?? '').trim())
      if (previous === undefined) {
        warnOnce('a trusted proxy forwards an address that cannot be read: its requests count as its own')
        break
      }
      address = previous
    }
    return address
  }

  return {
    clientAddress(remote, xForwardedFor, forwarded) {
      const address = plainAddress(remote ?? '')
      const told = [
        { name: 'x-forwarded-for', hops: hopsOf(xForwardedFor), read: (hop: string) => unquoted(hop.trim()) },
        { name: 'forwarded', hops: hopsOf(forwarded), read: forOf },
      ].filter(({ name, hops }) => hops.length > 0 && (header === 'any' || header === name))
      const [one = address, other = one] = told.map(({ hops, read }) => walk(address, hops, read))
      if (one === other) return one
      warnOnce(
        'a trusted proxy passes on X-Forwarded-For and Forwarded, which disagree: such requests count as its own until PASSERELLE_FORWARDED_HEADER says which of the two it writes',
      )
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

const start = (network: string, ipv4: number, ipv6: number): string =>
  network.includes(':') ? network.split(':').slice(0, ipv6).join(':') : network.split('.').slice(0, ipv4).join('.')

/** Of a network as above, what one customer can be given at most: the address, or the first 48 bits of IPv6 (RFC 6177). */
export const siteOf = (network: string): string => start(network, 4, 3)

/** Of a network as above, what one provider has: the first 16 bits of IPv4, or 32 bits of IPv6. */
export const wideNetworkOf = (network: string): string => start(network, 2, 2)
