import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { systemRandom } from '../../../platform/random.ts'
import { CannotOpen, makeKeyring } from '../../../platform/secrets/keyring.ts'
import { Busy, makeHashLane } from './hash-lane.ts'
import { makeHashing } from './hashing.ts'
import { preparePassword } from './policy.ts'

const cost = { memoryKib: 19_456, passes: 2 }
const ring = makeKeyring(['the present master key, long enough'], systemRandom)
const rotated = makeKeyring(['a new master key, long enough too', 'the present master key, long enough'], systemRandom)
const stranger = makeKeyring(['somebody else’s master key entirely'], systemRandom)
const hashing = (keyring = ring, more = cost) => makeHashing(keyring, makeHashLane(2, 100), systemRandom, more)
const password = (typed: string) => {
  const prepared = preparePassword(typed)
  assert.ok(prepared)
  return prepared
}

suite('passwords at rest', () => {
  test('Argon2id, 19 MiB, two passes, a salt of 128 bits, and the id of the pepper', async () => {
    const { hash, pepperId } = await hashing().make(password('trois mots ici'))
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$/)
    assert.equal(pepperId, ring.pepper().id)
  })
  test('the right one fits, another does not, nobody’s never does', async () => {
    const own = hashing()
    const hashed = await own.make(password('trois mots ici'))
    assert.deepEqual(await own.check(password('trois mots ici'), hashed), { fits: true, stale: false })
    assert.deepEqual(await own.check(password('trois mots là'), hashed), { fits: false, stale: false })
    assert.deepEqual(await own.check(password('nobody has this password'), undefined), { fits: false, stale: false })
    assert.deepEqual(await own.check(undefined, hashed), { fits: false, stale: false })
  })
  test('composed and decomposed letters are one password', async () => {
    const own = hashing()
    const hashed = await own.make(password('un café noir'))
    assert.ok((await own.check(password('un cafe\u0301 noir'), hashed)).fits)
  })
  test('a copy of the database without the master key verifies nothing', async () => {
    const hashed = await hashing().make(password('trois mots ici'))
    await assert.rejects(hashing(stranger).check(password('trois mots ici'), hashed), CannotOpen)
  })
  test('a former pepper still verifies and is due for renewal; so is a lower cost', async () => {
    const hashed = await hashing().make(password('trois mots ici'))
    assert.deepEqual(await hashing(rotated).check(password('trois mots ici'), hashed), { fits: true, stale: true })
    const dearer = hashing(ring, { memoryKib: 24_576, passes: 2 })
    assert.deepEqual(await dearer.check(password('trois mots ici'), hashed), { fits: true, stale: true })
  })
})

/** A lane whose work ends when it is told to: in what order it was begun, and who was told to come back. */
function slowLane(width: number, queue: number) {
  const lane = makeHashLane(width, queue)
  const begun: string[] = []
  const busy: string[] = []
  const ends: (() => void)[] = []
  const settled = () => new Promise(setImmediate)
  return {
    /** Of the account whose name begins with `acc`, else of a network. */
    run(whom: string) {
      const work = (): Promise<void> => {
        begun.push(whom)
        return new Promise((resolve) => ends.push(resolve))
      }
      const forWhom = whom.startsWith('acc') ? { account: whom } : { network: whom }
      lane.run(work, forWhom).catch((error: unknown) => error instanceof Busy && busy.push(whom))
    },
    async refused() {
      await settled()
      return busy.toSorted()
    },
    async served() {
      await settled()
      for (let end = ends.shift(); end; end = ends.shift()) {
        end()
        await settled()
      }
      return begun
    },
  }
}

suite('the lane of hashes', () => {
  test('never wider than it is, in the order of arrival, and full is said at once', async () => {
    const lane = makeHashLane(2, 3)
    let active = 0
    let widest = 0
    const order: number[] = []
    const ends: (() => void)[] = []
    const work = (n: number) =>
      lane.run(async () => {
        widest = Math.max(widest, ++active)
        order.push(n)
        await new Promise<void>((resolve) => ends.push(resolve))
        active--
      })
    const all = [0, 1, 2, 3, 4].map(work)
    await assert.rejects(work(5), Busy)
    assert.equal(lane.waiting(), 3)
    for (const _ of all) {
      ends.shift()?.()
      await new Promise(setImmediate)
    }
    await Promise.all(all)
    assert.deepEqual([widest, order, lane.waiting()], [2, [0, 1, 2, 3, 4], 0])
  })
  test('X8: whoever brings many waits for them, and others are served in turn', async () => {
    const { run, served } = slowLane(1, 100)
    for (let n = 0; n < 50; n++) run('flood')
    for (const other of ['a', 'b', 'a', 'c']) run(other)
    const order = await served()
    assert.deepEqual(order.slice(0, 9), ['flood', 'flood', 'a', 'b', 'c', 'flood', 'a', 'flood', 'flood'])
  })
  test('X8: the queue is full for the longest line, and has room for the others', async () => {
    const { run, served, refused } = slowLane(1, 5)
    for (let n = 0; n < 8; n++) run('flood')
    assert.deepEqual(await refused(), ['flood', 'flood'])
    for (const other of ['a', 'b', 'a', 'a']) run(other)
    assert.deepEqual(await refused(), ['a', 'flood', 'flood', 'flood', 'flood', 'flood'])
    assert.deepEqual(await served(), ['flood', 'flood', 'a', 'b', 'flood', 'a'])
  })
  test('X3: strangers from as many networks as there is room push out no account, and have it wait for one of theirs', async () => {
    const { run, served, refused } = slowLane(1, 50)
    for (let n = 0; n < 61; n++) run(`network ${n}`)
    assert.equal((await refused()).length, 10)
    for (const owner of ['acc 1', 'acc 2', 'acc 3', 'acc 1']) run(owner)
    const busy = await refused()
    assert.deepEqual(
      [busy.length, busy.filter((whom) => whom.startsWith('acc'))],
      [14, ['acc 1']],
      'one of each account',
    )
    const order = (await served()).map((whom) => whom.replace(/^network.*/, '-'))
    assert.deepEqual(order.slice(0, 8), ['-', 'acc 1', '-', 'acc 2', '-', 'acc 3', '-', '-'])
    assert.equal(order.length, 1 + 50)
  })
  test('X3: strangers with as many accounts as there is room push out nobody who comes once', async () => {
    const { run, served, refused } = slowLane(1, 50)
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 51; n++) run(`acc ${n}`)
      await served()
    }
    for (let n = 0; n < 51; n++) run(`acc ${n}`)
    for (const owner of ['acc Anne', 'acc Marie', 'acc Anne', 'a network']) run(owner)
    const busy = await refused()
    assert.equal(busy.length, 4)
    assert.deepEqual(
      busy.filter((whom) => !/\d/.test(whom)),
      ['a network', 'acc Anne'],
      'one of each',
    )
    const order = await served()
    assert.equal(order.length, 4 * 51)
    assert.deepEqual(order.slice(-2), ['acc Anne', 'acc Marie'])
  })
  test('what throws makes room like what ends', async () => {
    const lane = makeHashLane(1, 1)
    await assert.rejects(lane.run(() => Promise.reject(new Error('no'))))
    assert.equal(await lane.run(async () => 'next'), 'next')
  })
})
