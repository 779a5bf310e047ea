/**
 * Z5: a copy of the database opens nothing, neither at the service it was taken from, nor at one that its thief starts on
 * it with a master key of their own. Every stored value, and what it says in hexadecimal and base64url, is tried at every
 * place that takes a secret.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeApp } from '../../src/app.ts'
import { ensureKeys } from '../../src/oidc/keys/keys.ts'
import { between } from '../../src/platform/clock.ts'
import { CannotOpen } from '../../src/platform/secrets/keyring.ts'
import { tried } from '../../src/testing/repeated.ts'
import { onCopy, testService } from '../../src/testing/world.ts'
import { copyOf, valuesIn } from './stolen/copy.ts'
import { everything } from './stolen/everything.ts'
import { type Place, places } from './stolen/places.ts'

const service = await testService({ PASSERELLE_NETWORK_TRIES: '100000', PASSERELLE_NETWORK_REQUESTS: '1000000' })
const has = await everything(service)
const then = service.clock.now()
const { stored, decoded } = await valuesIn(service.db)
const copy = await copyOf(service.db)

/** So many are tried side by side: one waits for the database while another is computed. */
const AT_ONCE = 8

/** One of each form that nobody drew: where these open, `opens` says so of anything. */
const MADE_UP = ['000-000', '000000', '0000-0000-0000-0000', 'A'.repeat(22), 'A'.repeat(43), 'not the password']

/** What opened, and where. */
async function opened(all: readonly Place[], values: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const [at, { name, takes, opens }] of all.entries()) {
    const left = [...MADE_UP, ...tried(values, at)].filter((value) => takes.test(value))
    assert.ok(left.length > 0, name)
    const tryNext = async (): Promise<void> => {
      for (let value = left.pop(); value !== undefined; value = left.pop())
        if (await opens(value)) found.push(`${name}: ${value.slice(0, 80)}`)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, tryNext))
  }
  return found
}

suite('a copy of the database opens nothing (Z5; ASVS 5.0, 13.3)', () => {
  test('none of the secrets is among what is stored', async () => {
    assert.ok(stored.length > 400, `${stored.length} values`)
    for (const { name, control } of places(service, service.app.server, has)) {
      const secret = await control()
      assert.ok(secret.length >= 6, name)
      assert.ok(!stored.includes(secret) && !decoded.includes(secret), name)
    }
  })

  test('at the service it was taken from, where the secrets themselves go on opening everything', async () => {
    const all = places(service, service.app.server, has)
    assert.deepEqual(await opened(all, [...stored, ...decoded]), [])
    service.clock.advance(between(service.clock.now(), then)) // what waits a minute has waited none
    for (const { name, control, opens } of all) assert.ok(await opens(await control()), name)
  })

  test('at another service, with another master key: it starts only without the keys that are sealed there', async () => {
    const world = onCopy(service, copy.db, 'the master key of the thief, long enough')
    const start = () => makeApp(world, { mailer: world.box, ping: async () => {} })
    await assert.rejects(start(), CannotOpen)
    await copy.db.deleteFrom('signing_keys').execute()
    await ensureKeys(world)
    const { server } = await start()
    assert.deepEqual(await opened(places(world, server, has), stored), [])
    await copy.close()
  })
})
