/** The rules of the policy, with nothing but its versions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondFactorRequiredBy } from '../../../operations/factor/required.ts'
import { betterPasswordBy, type Policy } from './policy-cache.ts'

const day = (n: number) => new Date(Date.UTC(2030, 0, n))
const made = (n: number, more: Partial<Policy> = {}): Policy => ({
  version: n,
  minLength: 8,
  list: 'standard',
  graceDays: 10,
  secondStep: 'nobody',
  secondStepGraceDays: 20,
  madeAt: day(n),
  ...more,
})
const policies = (...all: Policy[]) => ({ versions: () => all })

test('C3: a better password is asked for from the first version it falls short of, after the grace of that one', () => {
  const raised = policies(made(1), made(5, { minLength: 12 }), made(8, { minLength: 15 }))
  const signedIn = (length: number, n: number) => ({
    authenticatedAt: day(n),
    password: { length, found: undefined },
  })
  assert.deepEqual(betterPasswordBy(raised, signedIn(10, 9)), day(15))
  assert.deepEqual(betterPasswordBy(raised, signedIn(13, 9)), day(18))
  assert.equal(betterPasswordBy(raised, signedIn(15, 9)), undefined)
  assert.equal(betterPasswordBy(raised, signedIn(10, 4)), undefined, 'signed in before it was raised')
})

test('E1: a second factor is required of whom the policy names, from when it was first asked of them without a break', () => {
  const asked = (...all: Policy[]) => ({ policies: policies(...all) })
  const staff = { staffSince: day(3) }
  const everybody = { staffSince: null }
  const ofStaff = asked(made(1), made(2, { secondStep: 'staff' }))
  assert.deepEqual(
    [secondFactorRequiredBy(ofStaff, everybody), secondFactorRequiredBy(ofStaff, staff)],
    [undefined, day(23)],
  )
  const paused = asked(made(1, { secondStep: 'everyone' }), made(2), made(4, { secondStep: 'everyone' }))
  assert.deepEqual(secondFactorRequiredBy(paused, everybody), day(24))
  assert.deepEqual(
    secondFactorRequiredBy(asked(made(1)), everybody, { secondStep: { since: day(2).toISOString(), graceDays: 1 } }),
    day(3),
    'of whoever goes to a product',
  )
})
