import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makePlaces } from './places.ts'

type Value = string | number | { double: number } | { [name: string]: Value }

/** A value as MaxMind's format writes it: a control byte of type and size, then the value. */
function encoded(value: Value): Buffer {
  const control = (type: number, size: number): number[] =>
    size < 29 ? [(type << 5) | size] : [(type << 5) | 29, size - 29]
  if (typeof value === 'string')
    return Buffer.concat([Buffer.from(control(2, Buffer.byteLength(value))), Buffer.from(value)])
  if (typeof value === 'number')
    return Buffer.from([...control(6, 4), ...[24, 16, 8, 0].map((by) => (value >>> by) & 255)])
  if ('double' in value && typeof value.double === 'number') {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value.double)
    return Buffer.concat([Buffer.from(control(3, 8)), bytes])
  }
  const pairs = Object.entries(value)
  return Buffer.concat([Buffer.from(control(7, pairs.length)), ...pairs.flat().map((part) => encoded(part as Value))])
}

/** A file that knows one network of 8 bits. */
function fileOf(firstByte: number, place: Value): Buffer {
  const nodes = 8
  const tree = Buffer.concat(
    Array.from({ length: nodes }, (_, bit) => {
      const next = bit === nodes - 1 ? nodes + 16 : bit + 1
      const records = (firstByte >> (7 - bit)) & 1 ? [nodes, next] : [next, nodes]
      return Buffer.from(records.flatMap((record) => [(record >> 16) & 255, (record >> 8) & 255, record & 255]))
    }),
  )
  const metadata = {
    node_count: nodes,
    record_size: 24,
    ip_version: 4,
    database_type: 'Test-City',
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
  }
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
  return Buffer.concat([tree, Buffer.alloc(16), encoded(place), marker, encoded(metadata)])
}

const folder = mkdtempSync(join(tmpdir(), 'places-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'city.mmdb')
writeFileSync(
  file,
  fileOf(203, {
    city: { names: { en: 'Geneva', fr: 'Genève' } },
    country: { iso_code: 'CH', names: { en: 'Switzerland', fr: 'Suisse' } },
    location: { latitude: { double: 46.2 }, longitude: { double: 6.15 }, time_zone: 'Europe/Zurich' },
  }),
)

test('D2: a network is in a city, in the language of whom it is told', () => {
  const place = makePlaces(file).find('203.0.113.7')
  assert.equal(place?.name('fr-CA'), 'Genève, Suisse')
  assert.equal(place?.name('en'), 'Geneva, Switzerland')
  assert.deepEqual(place?.point, { latitude: 46.2, longitude: 6.15 })
  assert.equal(place?.country, 'CH')
  assert.equal(place?.timeZone, 'Europe/Zurich')
})

test('another network, none at all, or no file: nothing is known', () => {
  assert.equal(makePlaces(file).find('198.51.100.1'), undefined)
  assert.equal(makePlaces(file).find(''), undefined)
  assert.equal(makePlaces('').find('203.0.113.7'), undefined)
})

test('a file that is not one stops the start', () => {
  writeFileSync(join(folder, 'other'), 'no places here')
  assert.throws(() => makePlaces(join(folder, 'other')))
  assert.throws(() => makePlaces(join(folder, 'missing')))
})
