import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeAddresses, networkOf } from './client-address.ts'

suite('a forwarded address is believed from trusted proxies only', () => {
  const nobody = makeAddresses([])
  const proxies = makeAddresses(['10.0.0.0/8', '::1'])
  const seen = (addresses: typeof nobody, remote: string, header?: string) => addresses.clientAddress(remote, header)
  test('no proxy is trusted by default', () => assert.equal(seen(nobody, '192.0.2.1', '203.0.113.9'), '192.0.2.1'))
  test('a stranger cannot choose their address', () =>
    assert.equal(seen(proxies, '192.0.2.1', '203.0.113.9'), '192.0.2.1'))
  test('a trusted proxy tells', () => assert.equal(seen(proxies, '10.1.2.3', '203.0.113.9'), '203.0.113.9'))
  test('what the client wrote before the proxy is not believed', () =>
    assert.equal(seen(proxies, '10.1.2.3', '198.51.100.1, 203.0.113.9'), '203.0.113.9'))
  test('two proxies in a row', () => assert.equal(seen(proxies, '::1', '203.0.113.9, 10.9.9.9'), '203.0.113.9'))
  test('rubbish ends it', () => assert.equal(seen(proxies, '10.1.2.3', 'unknown'), '10.1.2.3'))
  test('an IPv4 address in IPv6 clothes', () =>
    assert.equal(seen(proxies, '::ffff:10.1.2.3', '203.0.113.9'), '203.0.113.9'))
  test('a whole network, to its last address and not one further', () => {
    const some = makeAddresses(['10.0.0.0/31', '2001:db8::/127', '192.0.2.7/32'])
    const trusts = (remote: string) => seen(some, remote, '203.0.113.9') === '203.0.113.9'
    assert.deepEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2'].map(trusts), [true, true, false])
    assert.deepEqual(['2001:db8::', '2001:db8::1', '2001:db8::2'].map(trusts), [true, true, false])
    assert.deepEqual(['192.0.2.7', '192.0.2.8'].map(trusts), [true, false])
  })
  for (const entry of [
    'proxy.example',
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/ 8',
    '10.0.0.0/8 ',
    '10.0.0.0/+8',
    '10.0.0.0/-8',
    '10.0.0.0/08',
    '10.0.0.0/8.0',
    '10.0.0.0/0x8',
    '10.0.0.0/1e1',
    '10.0.0.0/8/8',
    '10.0.0.0/33',
    '10.0.0.0/128',
    '::1/',
    '::1/129',
    '::1/1e2',
  ])
    test(`"${entry}" is refused`, () =>
      assert.throws(() => makeAddresses([entry]), /neither an address nor a network$/))
})

/** How a proxy may write a hop: alone, with a port, in brackets, quoted, with a zone, with spaces. */
const written = (address: string): string[] => {
  const plain = address.includes(':') ? [`[${address}]`, `[${address}%eth0]`] : [address]
  const hops = [...plain, ...plain.map((one) => `${one}:51234`)]
  return [address, ` ${address}\t`, ...hops, ...hops.map((hop) => `"${hop}"`)]
}
const elements = (address: string): string[] => {
  const node = address.includes(':') ? `"[${address}]"` : address
  const withPort = address.includes(':') ? `"[${address}]:443"` : `"${address}:443"`
  return [`for=${node}`, `For=${withPort}`, ` for=${withPort};proto=https;by=_proxy`, `host="a;b=c\\"d" ; FOR=${node}`]
}

suite('X14: of any chain of hops, however they are written, the client is the last that is not trusted', () => {
  const TRUSTED = ['10.1.1.1', '2001:db8:ffff::1']
  const OTHERS = ['203.0.113.9', '2001:db8::7', '198.51.100.1']
  const proxies = makeAddresses(['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.0/24'])
  const all = [...OTHERS, ...TRUSTED]

  /** Every chain of up to three hops, of everyone in every spelling. */
  const chains = (spell: (address: string) => string[]) => {
    const hops = all.flatMap((address) => spell(address).map((text) => ({ address, text })))
    const longer = (chain: typeof hops) => hops.map((hop) => [...chain, hop])
    const some = hops.filter((_, at) => at % 3 === 0).map((hop) => [hop])
    return [
      [],
      ...some,
      ...some.flatMap(longer),
      ...some
        .filter((_, at) => at % 2 === 0)
        .flatMap(longer)
        .flatMap(longer),
    ]
  }
  const clientOf = (chain: readonly { address: string }[]) =>
    chain.findLast(({ address }) => OTHERS.includes(address)) ?? chain[0] ?? { address: '192.0.2.1' }

  for (const [name, spell] of [['X-Forwarded-For', written] as const, ['Forwarded', elements] as const])
    test(name, () => {
      for (const chain of chains(spell)) {
        const header = chain.map(({ text }) => text).join(',')
        const [old, standard] = name === 'Forwarded' ? [undefined, header] : [header, undefined]
        assert.equal(proxies.clientAddress('192.0.2.1', old, standard), clientOf(chain).address, header)
      }
    })

  for (const hop of [
    'unknown',
    '_hidden',
    '',
    '203.0.113.9:port',
    '203.0.113.9:123456',
    '[203.0.113.9',
    '2001:db8::7]',
    '1.2.3',
    '[203.0.113.9]x',
  ])
    test(`"${hop}" ends the walk at the proxy that wrote it, and is warned of once`, () => {
      const warnings: string[] = []
      const some = makeAddresses(['10.0.0.0/8'], 'any', (message) => warnings.push(message))
      for (const header of [`203.0.113.9, ${hop}, 10.2.2.2`, `${hop},10.2.2.2`])
        assert.equal(some.clientAddress('10.1.1.1', header), '10.2.2.2')
      const forwarded = `for=203.0.113.9, for="${hop}", for=10.2.2.2`
      assert.equal(some.clientAddress('10.1.1.1', undefined, forwarded), '10.2.2.2')
      assert.equal(warnings.length, 1)
    })

  for (const element of [
    'for=203.0.113.9;for=198.51.100.1',
    'host="x,for=203.0.113.9;y="',
    'host="x',
    'by=203.0.113.9',
    'for 203.0.113.9',
  ])
    test(`what is no element of Forwarded with one "for" is nobody: ${element}`, () =>
      assert.equal(proxies.clientAddress('192.0.2.1', undefined, `for=198.51.100.1, ${element}`), '192.0.2.1'))

  test('nothing that a client has written counts, be it half a quoted string', () => {
    for (const own of ['for="', 'for="x, ', 'host="', 'for=198.51.100.1', '"', '\\', 'for="[2001:db8::7'])
      assert.equal(proxies.clientAddress('192.0.2.1', undefined, `${own}, for=203.0.113.9`), '203.0.113.9', own)
  })

  test('of two headers that disagree neither is believed, until it is said which one the proxy writes', () => {
    const sent = ['203.0.113.9', 'for=198.51.100.1'] as const
    const warnings: string[] = []
    const either = makeAddresses(['10.0.0.0/8'], 'any', (message) => warnings.push(message))
    assert.equal(either.clientAddress('10.1.1.1', ...sent), '10.1.1.1')
    assert.equal(either.clientAddress('10.1.1.1', ...sent), '10.1.1.1')
    assert.match(warnings.join('\n'), /^[^\n]*PASSERELLE_FORWARDED_HEADER[^\n]*$/)
    assert.equal(either.clientAddress('10.1.1.1', '2001:DB8::0:7', 'for="[2001:db8::7]:443"'), '2001:db8::7')
    assert.equal(makeAddresses(['10.0.0.0/8'], 'x-forwarded-for').clientAddress('10.1.1.1', ...sent), '203.0.113.9')
    assert.equal(makeAddresses(['10.0.0.0/8'], 'forwarded').clientAddress('10.1.1.1', ...sent), '198.51.100.1')
    assert.equal(makeAddresses(['10.0.0.0/8'], 'forwarded').clientAddress('10.1.1.1', '203.0.113.9'), '10.1.1.1')
    assert.equal(either.clientAddress('198.51.100.200', ...sent), '198.51.100.200')
  })

  test('an IPv4 address is one in whatever clothes', () => {
    for (const hop of [
      '::ffff:203.0.113.9',
      '::FFFF:cb00:7109',
      '[::ffff:203.0.113.9]:443',
      '0:0:0:0:0:ffff:203.0.113.9',
    ])
      assert.equal(proxies.clientAddress('::ffff:10.1.1.1', hop), '203.0.113.9', hop)
  })
})

test('an IPv6 customer is a /64', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(networkOf('2001:0db8:0001::'), networkOf('2001:db8:1:0:ffff::'))
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
})
