/** X4: a proof of work is signed, short-lived, bound to what it is for, and accepted once. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { minutes, seconds } from '../../platform/clock.ts'
import { PASSWORD } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { repeated } from '../../testing/repeated.ts'
import { visitor } from '../../testing/visitor.ts'
import { restarted, type TestWorld, testService, testWorld } from '../../testing/world.ts'
import { emailKey, parseEmail } from '../model/account/email.ts'
import { admitRequest } from './admission.ts'
import { acceptProof, type ChallengedRequest, challengeFor, type Proof } from './challenge.ts'

const ROUNDS = repeated(20)
const CHEAP = { PASSERELLE_CHALLENGE_COST: '100' }
const request: ChallengedRequest = { kind: 'sign-up', browser: 'a browser', network: '192.0.2.1' }
const why = { rule: 'network-asks-often', inputs: { network: 51 } } as const
const NONE: Proof = { challenge: '', proof: '' }
const ask = (world: TestWorld, what = request): Promise<string> => challengeFor(world, what, why)

async function solved(challenge: string): Promise<Proof> {
  const asked = JSON.parse(Buffer.from(challenge, 'base64url').toString())
  const solution = await solveChallenge({ challenge: asked, deriveKey })
  return { challenge, proof: JSON.stringify(solution) }
}
/** The same challenge with something in it changed. */
function changed({ challenge, proof }: Proof, change: (parameters: Record<string, unknown>) => object): Proof {
  const { parameters, signature } = JSON.parse(Buffer.from(challenge, 'base64url').toString())
  const other = { parameters: { ...parameters, ...change(parameters) }, signature }
  return { challenge: Buffer.from(JSON.stringify(other)).toString('base64url'), proof }
}
function keyOf(typed: string) {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return emailKey(parsed.email)
}

/** A lane that says how many keys were derived in it, and how many at once. */
function keysDerivedBy(world: TestWorld) {
  const keys = { derived: 0, atOnce: 0 }
  let active = 0
  const proofLane: TestWorld['proofLane'] = {
    ...world.proofLane,
    run: (work) => {
      keys.derived++
      return world.proofLane.run(async () => {
        keys.atOnce = Math.max(keys.atOnce, ++active)
        return work().finally(() => active--)
      })
    },
  }
  return { keys, on: { ...world, proofLane } }
}

suite('X4: a proof of work', () => {
  test('is accepted for its kind of request and its browser, and not when it is nobody’s work', async () => {
    const world = await testWorld(CHEAP)
    const proof = await solved(await ask(world))
    assert.equal(await acceptProof(world, { ...request, kind: 'reset' }, proof), false)
    assert.equal(await acceptProof(world, { ...request, browser: 'another' }, proof), false)
    const wrong = ['', '{}', 'x'.repeat(5_000)]
    for (const one of wrong) assert.equal(await acceptProof(world, request, { ...proof, proof: one }), false)
    for (const one of ['', 'e30', 'x'.repeat(5_000)])
      assert.equal(await acceptProof(world, request, { ...proof, challenge: one }), false)
    assert.equal(await acceptProof(world, request, proof), true)
    assert.equal(await acceptProof(world, request, proof), false)
  })
  test('X4: a wrong answer is spent too: a challenge has one, of 64 at once as well, and costs us one key', async () => {
    const world = await testWorld(CHEAP)
    const proof = await solved(await ask(world))
    const { keys, on } = keysDerivedBy(world)
    const guesses = (caller: number) => ({ ...proof, proof: JSON.stringify({ counter: caller, derivedKey: '0000' }) })
    await Promise.all(Array.from({ length: 64 }, (_, caller) => acceptProof(on, request, guesses(caller))))
    assert.equal(await acceptProof(world, request, proof), false)
    assert.equal(keys.derived, 1)
    world.clock.advance(seconds(31))
    assert.equal(await acceptProof(world, request, { ...proof, proof: '' }), false, 'nor is it waited for')
  })
  test('X4: one key is derived at a time, however many answers come at once; no key for what we have not made', async () => {
    const world = await testWorld(CHEAP)
    const { keys, on } = keysDerivedBy(world)
    const proofs = await Promise.all(Array.from({ length: 20 }, async () => solved(await ask(world))))
    const forged = proofs.map((proof) => changed(proof, () => ({ nonce: '00'.repeat(16) })))
    for (const one of forged) assert.equal(await acceptProof(on, request, one), false)
    assert.deepEqual(keys, { derived: 0, atOnce: 0 })
    assert.deepEqual(
      new Set(await Promise.all(proofs.map((proof) => acceptProof(on, request, proof)))),
      new Set([true]),
    )
    assert.deepEqual(keys, { derived: 20, atOnce: 1 })
  })
  test('is refused where anything of the challenge was changed', async () => {
    const world = await testWorld(CHEAP)
    const proof = await solved(await ask(world))
    const changes = [
      { cost: 1 },
      { keyPrefix: '0' },
      { nonce: '00'.repeat(16) },
      { salt: '00'.repeat(16) },
      { keyLength: 1 },
    ]
    for (const change of changes)
      assert.equal(
        await acceptProof(
          world,
          request,
          changed(proof, () => change),
        ),
        false,
      )
    const older = changed(proof, ({ data }) => ({ data: { ...(data as object), at: 1 } }))
    assert.equal(await acceptProof(world, request, older), false)
    assert.equal(await acceptProof(world, request, proof), true)
  })
  test('works for five minutes', async () => {
    const world = await testWorld(CHEAP)
    const [first, second] = [await solved(await ask(world)), await solved(await ask(world))]
    world.clock.advance(seconds(295))
    assert.equal(await acceptProof(world, request, first), true)
    world.clock.advance(seconds(6))
    assert.equal(await acceptProof(world, request, second), false)
  })
  test('64 callers on two processes who show the same: one is accepted', async () => {
    const world = await testWorld(CHEAP)
    const worlds = [world, restarted(world)]
    const accepted = await race(async () => {
      const proof = await solved(await ask(world))
      return (caller) => acceptProof(worlds[caller % 2] ?? world, request, proof)
    }, ROUNDS)
    assert.deepEqual(accepted, Array(ROUNDS).fill(1))
  })
  test('without JavaScript half a minute is proof enough, once for each challenge, ten times for a network', async () => {
    const world = await testWorld(CHEAP)
    const waits = await Promise.all(Array.from({ length: 12 }, () => ask(world)))
    world.clock.advance(seconds(29))
    assert.equal(await acceptProof(world, request, { challenge: waits[0] ?? '', proof: '' }), false)
    world.clock.advance(seconds(2))
    const accepted: boolean[] = []
    for (const challenge of [waits[0], ...waits])
      accepted.push(await acceptProof(world, request, { challenge: challenge ?? '', proof: '' }))
    assert.deepEqual(accepted, [true, false, ...Array(9).fill(true), false, false])
  })
})

suite('X4: limits of what anybody may ask for without a proof', () => {
  const limits = {
    network: { PASSERELLE_NETWORK_REQUESTS: '10' },
    address: { PASSERELLE_ADDRESS_REQUESTS: '10' },
    service: { PASSERELLE_SERVICE_REQUESTS: '10' },
  }
  for (const [what, limit] of Object.entries(limits))
    test(`64 at once on two processes: exactly as many pass as the limit of the ${what} says`, async () => {
      const world = await testWorld(limit)
      const worlds = [world, restarted(world)]
      const passed = await race(async (round) => {
        world.clock.advance(minutes(16))
        return async (caller) => {
          const address = keyOf(what === 'address' ? `r${round}@x.ca` : `r${round}c${caller}@x.ca`)
          const network = what === 'network' ? `10.0.0.${round}` : `10.${caller}.0.${round}`
          const actor = { ...visitor, network, userAgent: '', browser: `browser ${caller}` }
          const asking = { what: 'reset', address, network } as const
          return (await admitRequest(worlds[caller % 2] ?? world, asking, actor, NONE)).ok
        }
      }, ROUNDS)
      assert.deepEqual(passed, Array(ROUNDS).fill(10))
    })
  test('before that, exactly as many pass unproven as are not suspicious', async () => {
    const world = await testWorld({ ...CHEAP, PASSERELLE_CHALLENGE_ADDRESS: '7' })
    const worlds = [world, restarted(world)]
    const passed = await race(
      async (round) => async (caller) => {
        const asking = {
          what: 'sign-up',
          address: keyOf(`r${round}@x.ca`),
          network: `10.${caller}.0.${round}`,
        } as const
        const actor = { ...visitor, network: asking.network, userAgent: '', browser: `browser ${caller}` }
        return (await admitRequest(worlds[caller % 2] ?? world, asking, actor, NONE)).ok
      },
      ROUNDS,
    )
    assert.deepEqual(passed, Array(ROUNDS).fill(7))
  })
})

suite('X4: only where too much is asked', () => {
  const challengeOn = (html: string): string => /name="challenge" value="([^"]+)"/.exec(html)?.[1] ?? ''

  test('a page of a quiet network has no challenge; past the figure it has one, and what was typed is kept', async () => {
    const service = await testService({ ...CHEAP, PASSERELLE_CHALLENGE_NETWORK: '5' })
    for (let n = 0; n < 5; n++) {
      const browser = service.browser()
      await browser.open('/forgot')
      assert.equal(challengeOn(browser.page.html), '')
      await browser.send({ email: `m${n}@exemple.ca` })
      assert.equal(browser.page.status, 200)
    }
    const browser = service.browser()
    await browser.open('/forgot')
    const first = challengeOn(browser.page.html)
    assert.notEqual(first, '')
    assert.match(browser.page.html, /role="status"[^>]*>[^<]*Wait 30 seconds/)
    await browser.send({ email: 'm6@exemple.ca' })
    assert.equal(browser.page.status, 429)
    assert.match(browser.page.html, /value="m6@exemple.ca"/)
    assert.match(browser.page.html, /so that we check your browser first/)
    await browser.send({ email: 'm6@exemple.ca', ...(await solved(challengeOn(browser.page.html))) })
    assert.match(browser.page.at, /^\/forgot\/sent/)
    await browser.open('/forgot')
    service.clock.advance(seconds(31))
    await browser.send({ email: 'm6@exemple.ca' })
    assert.match(browser.page.at, /^\/forgot\/sent/, 'who waited may go on without JavaScript')
  })
  test('a sign-up that has to be proven keeps the names, does no work before, and goes on with the proof', async () => {
    const service = await testService({ ...CHEAP, PASSERELLE_CHALLENGE_ADDRESS: '3' })
    const typed = { 'first-name': 'Marie', 'last-name': 'Roy', password: PASSWORD, email: 'marie@exemple.ca' }
    const browser = service.browser()
    for (let n = 0; n < 4; n++) {
      await browser.open('/sign-up')
      await browser.send(typed)
    }
    assert.equal(browser.page.status, 429)
    for (const value of ['Marie', 'Roy', 'marie@exemple.ca']) assert.ok(browser.page.html.includes(`value="${value}"`))
    await browser.send({ ...typed, ...(await solved(challengeOn(browser.page.html))) })
    assert.match(browser.page.at, /^\/verify/)
  })
})
