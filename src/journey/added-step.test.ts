/** A step that is added to the list: nothing else has to be told of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { productRequest, somebody } from '../testing/people.ts'
import { serviceOf, testWorld } from '../testing/world.ts'
import { STEPS, type Step } from './next-step.ts'

test('a step that is added to the list holds up whoever has a session already: at a product, in silence, and in the account', async () => {
  let agreed = true
  const terms: Step = {
    name: 'terms',
    path: '/terms',
    refusal: 'interaction_required',
    needed: ({ session }) => session !== undefined && !agreed,
    done: (facts) => facts,
  }
  const service = await serviceOf({ ...(await testWorld()), steps: [...STEPS, terms] })
  const browser = await somebody(service)
  const request = await productRequest(service)
  const leadsTo = async (url: string) => (await browser.request(url)).headers.get('location') ?? ''

  agreed = false
  const refused = new URL(await leadsTo(`${request}&prompt=none`))
  assert.deepEqual([refused.pathname, refused.searchParams.get('error')], ['/ledger/callback', 'interaction_required'])
  assert.match(await leadsTo(request), /^\/terms\?journey=jrn_\w+$/)
  const held = await leadsTo('/account/profile')
  assert.match(held, /^\/terms\?journey=jrn_\w+$/)

  agreed = true
  assert.match((await browser.open(held.replace('/terms?journey=', '/continue/'))).at, /^\/account\/profile$/)
  assert.match(await leadsTo(`${request}&prompt=none`), /[?&]code=/)
  assert.match(await leadsTo(request), /[?&]code=/)
})
