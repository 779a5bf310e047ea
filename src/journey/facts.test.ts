/** The decision, with nothing around it but what it names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId } from '../core/model/account/store.ts'
import { makePolicies } from '../core/model/password/policy/policy-cache.ts'
import type { ProductId } from '../core/model/product/product.ts'
import type { Session } from '../core/model/session/session.ts'
import { minutes, movableClock } from '../platform/clock.ts'
import { testDatabase } from '../platform/database/testing.ts'
import { type FactNeeds, nothingProved, whatIsNext } from './facts.ts'
import type { Destination } from './journey.ts'
import { STEPS } from './next-step.ts'

test('whoever is signed in goes on, unless the request or the account asks for more', async () => {
  const clock = movableClock()
  const { db } = await testDatabase()
  const catalogue = { find: async () => undefined, changed() {} }
  const needs: FactNeeds = { db, clock, catalogue, policies: makePolicies(db, 8), steps: STEPS }
  const session: Session = {
    uid: 'ses_1',
    account: 'acc_1' as AccountId,
    authenticatedAt: clock.now(),
    startedAt: clock.now(),
    methods: ['pwd'],
    password: undefined,
    hasPassword: true,
    betterPasswordPostponed: false,
    secondFactorPostponed: false,
    closing: false,
    staffSince: undefined,
    twoStepSince: undefined,
    maxAcr: 'mfa',
    factorAt: undefined,
    coolingOffUntil: undefined,
  }
  const request = (acr_values?: string, ...prompts: string[]): Destination => ({
    kind: 'product',
    product: 'ledger' as ProductId,
    thirdParty: false,
    params: { ...(acr_values && { acr_values }) },
    prompts,
    scopes: [],
  })
  const next = async (destination: Destination, of: Session | undefined = session) => {
    const { go, ...it } = await whatIsNext(needs, { destination, ...nothingProved }, of)
    return [go, 'step' in it ? (go === 'refuse' ? it.step.refusal : it.step.name) : undefined]
  }

  assert.deepEqual(await next(request()), ['on', undefined])
  assert.deepEqual(await whatIsNext(needs, { destination: request(), ...nothingProved }, undefined), {
    go: 'show',
    step: STEPS.find(({ name }) => name === 'sign-in'),
  })
  assert.deepEqual(await next(request(undefined, 'login')), ['show', 'sign-in'])
  assert.deepEqual(await next(request('mfa')), ['show', 'second-step'])
  assert.deepEqual(await next(request('mfa', 'none')), ['refuse', 'unmet_authentication_requirements'])
  assert.deepEqual(await next(request('phr', 'none'), { ...session, methods: ['pwd', 'otp', 'mfa'] }), [
    'refuse',
    'unmet_authentication_requirements',
  ])
  assert.deepEqual(await next(request('phr'), { ...session, methods: ['pwd', 'otp', 'mfa'] }), ['on', undefined])
  assert.deepEqual(await next(request(), { ...session, closing: true }), ['show', 'keep-account'])
  const place: Destination = { kind: 'place', path: '/account/email', factorWithin: minutes(10).ms, always: true }
  assert.deepEqual(await next(place), ['show', 'second-step'])
  assert.deepEqual(await next(place, { ...session, factorAt: clock.now() }), ['on', undefined])
})
