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

test('an IPv6 customer is a /64', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(networkOf('2001:0db8:0001::'), networkOf('2001:db8:1:0:ffff::'))
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
})
