import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { seconds } from '../platform/clock.ts'
import { type Facts, nextStep, type Requirement } from './next-step.ts'

const NOW = new Date('2030-01-01T09:00:00Z')
const ago = (n: number) => ({ authenticatedAt: new Date(NOW.getTime() - n * 1_000) })
const inDays = (n: number) => new Date(NOW.getTime() + n * 86_400_000)
const anyRequirement: fc.Arbitrary<Requirement | undefined> = fc.option(
  fc.record({ by: fc.integer({ min: -100, max: 100 }).map(inDays), postponed: fc.boolean() }),
  { nil: undefined },
)
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  now: fc.constant(NOW),
  asks: fc.record(
    {
      silent: fc.boolean(),
      signIn: fc.boolean(),
      signUp: fc.boolean(),
      choose: fc.boolean(),
      confirm: fc.boolean(),
      maxAge: fc.nat(3_600).map(seconds),
    },
    { requiredKeys: [] },
  ),
  proved: fc.record({ account: fc.boolean(), identity: fc.boolean(), choice: fc.boolean(), consent: fc.boolean() }),
  session: fc.option(fc.nat(7_200).map(ago), { nil: undefined }),
  passwordProved: fc.boolean(),
  stepUpNeeded: fc.boolean(),
  acrUnmet: fc.boolean(),
  closing: fc.boolean(),
  betterPassword: anyRequirement,
  secondFactor: anyRequirement,
  offerPasskey: fc.boolean(),
  consentNeeded: fc.boolean(),
})

const property = (check: (facts: Facts) => void) => fc.assert(fc.property(anyFacts, check), { numRuns: 2_000 })

suite('where an interrupted sign-in goes next', () => {
  test('who asked for silence never gets a page', () => {
    property((f) => assert.notEqual(nextStep({ ...f, asks: { ...f.asks, silent: true } }).go, 'show'))
  })
  test('nobody goes on unproved', () => {
    property((f) => {
      if (nextStep(f).go !== 'on') return
      assert.ok(f.session)
      assert.ok(!f.asks.signIn || f.proved.identity)
      assert.ok(!f.asks.signUp || f.proved.account)
      assert.ok(!f.passwordProved && !f.stepUpNeeded)
      assert.ok(!f.acrUnmet || !f.asks.silent)
      assert.ok(!f.closing)
      for (const due of [f.betterPassword, f.secondFactor])
        assert.ok(!due || (due.by > NOW && (due.postponed || f.asks.silent)))
      assert.ok(!f.offerPasskey || f.asks.silent)
      assert.ok(!f.consentNeeded || f.proved.consent)
      assert.ok(!f.asks.choose || f.proved.choice || f.proved.identity)
      assert.ok(!f.asks.confirm || f.proved.choice || f.proved.identity || f.proved.consent)
      const age = NOW.getTime() - f.session.authenticatedAt.getTime()
      assert.ok(!f.asks.maxAge || age <= f.asks.maxAge.ms || f.proved.identity)
    })
  })
  test('doing what is asked always ends, and no step is asked twice', () => {
    property((start) => {
      let facts: Facts = { ...start, asks: { ...start.asks, silent: false } }
      const seen = new Set<string>()
      for (let next = nextStep(facts); next.go === 'show'; next = nextStep(facts)) {
        assert.ok(!seen.has(next.step.name), next.step.name)
        seen.add(next.step.name)
        facts = next.step.done(facts)
      }
      assert.equal(nextStep(facts).go, 'on')
    })
  })
  test('what may be put off holds nobody up twice before its day, and nobody in silence', () => {
    property((f) => {
      const day = { by: inDays(1), postponed: true }
      const putOff = nextStep({ ...f, betterPassword: day, secondFactor: day })
      assert.deepEqual(putOff, nextStep({ ...f, betterPassword: undefined, secondFactor: undefined }))
      const asks = { ...f.asks, silent: true }
      const unanswered = { by: inDays(1), postponed: false }
      assert.deepEqual(
        nextStep({ ...f, asks, secondFactor: unanswered }),
        nextStep({ ...f, asks, secondFactor: undefined }),
      )
    })
  })
  test('a second way is set up by who is known, with a password that will do, and before anybody learns anything', () => {
    property((f) => {
      const next = nextStep(f)
      if (next.go !== 'show' || next.step.name !== 'enrol-second-factor') return
      assert.ok(f.session && !f.passwordProved && !f.stepUpNeeded && !f.closing)
      assert.ok(!f.betterPassword || f.betterPassword.by > NOW)
      assert.deepEqual(nextStep({ ...f, consentNeeded: true, proved: { ...f.proved, consent: false } }), next)
    })
  })
  test('a person who is signed in and asked nothing sees nothing', () => {
    const proved = { account: false, identity: false, choice: false, consent: false }
    assert.deepEqual(
      nextStep({
        now: NOW,
        asks: {},
        proved,
        session: ago(3_600),
        betterPassword: undefined,
        secondFactor: undefined,
        passwordProved: false,
        stepUpNeeded: false,
        acrUnmet: false,
        closing: false,
        offerPasskey: false,
        consentNeeded: false,
      }),
      { go: 'on' },
    )
  })
})
