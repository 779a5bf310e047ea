import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, tokensFor } from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const ledger = await makeParty(service, 'ledger')
const maya = await makePerson(service, 'maya@example.com')
suite('x', () => {
  test('y', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya)
    console.log(tokens.claims())
    assert.ok(1)
  })
})
