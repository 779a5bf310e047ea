import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { seconds } from '../platform/clock.ts'
import { type Due, type Facts, nextStep, type Step } from './next-step.ts'

const NOW = new Date('2030-01-01T09:00:00Z')
const ago = (n: number) => ({ authenticatedAt: new Date(NOW.getTime() - n * 1_000) })
const inDays = (n: number) => new Date(NOW.getTime() + n * 86_400_000)
const anyDue: fc.Arbitrary<Due | undefined> = fc.option(
  fc.record({ by: fc.integer({ min: -100, max: 100 }).map(inDays), later: fc.boolean() }),
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
  moreNeeded: fc.boolean(),
  closing: fc.boolean(),
  betterPassword: anyDue,
  secondWay: anyDue,
  offerPasskey: fc.boolean(),
  consentNeeded: fc.boolean(),
})

/** The world after a person has done a step. */
const afterStep: Record<Step, (f: Facts) => Facts> = {
  'sign-in': (f) => ({ ...f, session: ago(0), proved: { ...f.proved, account: true, identity: true } }),
  'sign-up': (f) => ({ ...f, session: ago(0), proved: { ...f.proved, account: true, identity: true } }),
  'second-step': (f) => ({
    ...f,
    session: ago(0),
    proved: { ...f.proved, account: true, identity: true },
    moreNeeded: false,
  }),
  'choose-account': (f) => ({ ...f, proved: { ...f.proved, choice: true } }),
  'keep-account': (f) => ({ ...f, closing: false }),
  'better-password': (f) => ({ ...f, betterPassword: undefined }),
  'second-way': (f) => ({ ...f, secondWay: undefined }),
  'offer-passkey': (f) => ({ ...f, offerPasskey: false }),
  consent: (f) => ({ ...f, proved: { ...f.proved, consent: true } }),
}
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
      assert.ok(!f.moreNeeded)
      assert.ok(!f.closing)
      for (const due of [f.betterPassword, f.secondWay])
        assert.ok(!due || (due.by > NOW && (due.later || f.asks.silent)))
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
      const seen = new Set<Step>()
      for (let next = nextStep(facts); next.go === 'show'; next = nextStep(facts)) {
        assert.ok(!seen.has(next.step), next.step)
        seen.add(next.step)
        facts = afterStep[next.step](facts)
      }
      assert.equal(nextStep(facts).go, 'on')
    })
  })
  test('what may be put off holds nobody up twice before its day, and nobody in silence', () => {
    property((f) => {
      const day = { by: inDays(1), later: true }
      const putOff = nextStep({ ...f, betterPassword: day, secondWay: day })
      assert.deepEqual(putOff, nextStep({ ...f, betterPassword: undefined, secondWay: undefined }))
      const asks = { ...f.asks, silent: true }
      const unanswered = { by: inDays(1), later: false }
      assert.deepEqual(nextStep({ ...f, asks, secondWay: unanswered }), nextStep({ ...f, asks, secondWay: undefined }))
    })
  })
  test('a second way is set up by who is known, with a password that will do, and before anybody learns anything', () => {
    property((f) => {
      const next = nextStep(f)
      if (next.go !== 'show' || next.step !== 'second-way') return
      assert.ok(f.session && !f.moreNeeded && !f.closing)
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
        secondWay: undefined,
        moreNeeded: false,
        closing: false,
        offerPasskey: false,
        consentNeeded: false,
      }),
      { go: 'on' },
    )
  })
})
