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
  test('a proxy that is none is refused', () => assert.throws(() => makeAddresses(['proxy.example'])))
})

test('an IPv6 customer is a /64', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(networkOf('2001:0db8:0001::'), networkOf('2001:db8:1:0:ffff::'))
  assert.equal(networkOf('::1'), '0:0:0:0::/64')
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
})
