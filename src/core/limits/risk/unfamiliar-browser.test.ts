import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { GeoLocation } from '../../model/place/places.ts'
import { assessRisk } from './unfamiliar-browser.ts'

const now = new Date('2026-11-22T12:00:00Z')
const place = (country: string, name: string, latitude: number, longitude: number): GeoLocation => ({
  country,
  point: { latitude, longitude },
  timeZone: 'UTC',
  name: () => name,
})
const atlas: Record<string, GeoLocation> = {
  '192.0.2.1': place('CA', 'Montréal', 45.5, -73.57),
  '192.0.2.2': place('CA', 'Québec', 46.81, -71.21),
  '192.0.2.3': place('CA', 'Vancouver', 49.28, -123.12),
  '203.0.113.1': place('FR', 'Lyon', 45.76, 4.84),
}
const places = { find: (network: string) => atlas[network] }
const seenIn = (network: string, hoursAgo: number) => ({
  network,
  at: new Date(now.getTime() - hoursAgo * 3_600_000).toISOString(),
})
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const unknown = { known: false, copied: false, userAgent: undefined }
const doubt = (network: string, ...seen: ReturnType<typeof seenIn>[]) =>
  assessRisk({ network, userAgent: FIREFOX, now, trust: { ...unknown, seen }, firstUse: false, places })
const ruleFor = (network: string, ...seen: ReturnType<typeof seenIn>[]) => doubt(network, ...seen)?.rule
/** In a browser that is known as `before`, where its person was an hour ago. */
const ruleIn = (userAgent: string, before: string, copied = false) => {
  const trust = { known: !copied, copied, userAgent: before, seen: [seenIn('192.0.2.1', 1)] }
  return assessRisk({ network: '192.0.2.1', userAgent, now, trust, firstUse: false, places })?.rule
}

suite('D1: what is unusual', () => {
  test('nothing, where they always are', () => {
    assert.equal(ruleFor('192.0.2.1', seenIn('192.0.2.1', 1)), undefined)
    assert.equal(ruleFor('192.0.2.2', seenIn('192.0.2.1', 1)), undefined, 'the next town')
  })
  test('D1: somebody who was seen nowhere, but at the first use of a password', () => {
    assert.equal(ruleFor('203.0.113.1'), 'seen-nowhere')
    assert.equal(ruleFor('198.51.100.1'), 'seen-nowhere')
    const first = { network: '203.0.113.1', userAgent: FIREFOX, now, firstUse: true, places }
    assert.equal(assessRisk({ ...first, trust: { ...unknown, seen: [] } }), undefined)
    const seen = [seenIn('192.0.2.1', 48)]
    assert.equal(assessRisk({ ...first, trust: { ...unknown, seen } })?.rule, 'new-country')
  })
  test('D1: a network far from theirs, where the place of one of the two is not known', () => {
    assert.equal(ruleFor('203.0.113.1', seenIn('198.18.0.1', 48)), 'far-network')
    assert.equal(ruleFor('198.18.0.1', seenIn('203.0.113.1', 48)), 'far-network')
    assert.equal(ruleFor('203.0.113.1', seenIn('203.0.7.7', 48)), undefined)
  })
  test('a country they were never seen in', () => {
    assert.equal(ruleFor('203.0.113.1', seenIn('192.0.2.1', 48)), 'new-country')
    assert.equal(ruleFor('203.0.113.1', seenIn('192.0.2.1', 48), seenIn('203.0.113.1', 4_000)), undefined)
  })
  test('a journey faster than an airliner, within a country too; not a slower one', () => {
    assert.equal(ruleFor('192.0.2.3', seenIn('192.0.2.1', 1)), 'impossible-travel')
    assert.equal(ruleFor('192.0.2.3', seenIn('192.0.2.1', 6)), undefined)
    assert.deepEqual(doubt('192.0.2.3', seenIn('192.0.2.1', 1))?.inputs, {
      from: 'Montréal',
      to: 'Vancouver',
      km: 3686,
      hours: 1,
    })
  })
  test('X7: a known browser that says it is another one, or on another system; not a newer one', () => {
    const newer = FIREFOX.replaceAll('145', '146')
    assert.equal(ruleIn(newer, FIREFOX), undefined)
    for (const other of ['curl/8.0', '', FIREFOX.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64')]) {
      assert.equal(ruleIn(other, FIREFOX), 'other-browser', other)
      assert.equal(ruleIn(FIREFOX, other), 'other-browser', other)
    }
    assert.equal(ruleIn(FIREFOX, FIREFOX, true), 'copied-browser')
  })
  test('a network far from theirs, where places are not known', () => {
    assert.equal(ruleFor('198.51.100.1', seenIn('198.18.0.1', 1)), 'far-network')
    assert.equal(ruleFor('198.51.100.1', seenIn('198.51.7.7', 1)), undefined)
    assert.equal(ruleFor('2001:db8:1:2::/64', seenIn('2001:db9:1:2::/64', 1)), 'far-network')
    assert.equal(ruleFor('2001:db8:1:2::/64', seenIn('2001:db8:9:9::/64', 1)), undefined)
  })
})
