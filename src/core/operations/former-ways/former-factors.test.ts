/** K4: ways that somebody has removed come back, whatever else was done with them meanwhile. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import { system } from '../../../platform/actor.ts'
import { before, days } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { type Authenticator, askedOn, bring, makeAuthenticator, setUpPasskey } from '../../../testing/authenticator.ts'
import { makeBrowser } from '../../../testing/browser.ts'
import { asksForPasskey, PASSWORD, signInByPasskey, somebody } from '../../../testing/people.ts'
import { type TestService, testService } from '../../../testing/world.ts'
import type { Email } from '../../model/account/email.ts'
import { RESTORABLE_FOR, revertWays } from './former-factors.ts'

const EMAIL = 'marie@exemple.ca' as Email

async function signedIn(service: TestService) {
  const browser = makeBrowser(service.origin, service.base)
  await browser.open('/sign-in')
  await browser.send({ email: EMAIL, password: PASSWORD })
  assert.equal(browser.page.at, '/account')
  return browser
}

/** Somebody has removed the passkey that an account had for long. */
async function removed(): Promise<{ service: TestService; device: Authenticator }> {
  const service = await testService()
  const device = await setUpPasskey(await somebody(service, EMAIL), service.origin)
  service.clock.advance(days(8))
  const thief = await signedIn(service)
  await thief.open('/account/factors')
  await thief.send({}, { button: 'Remove' })
  assert.match(thief.page.at, /done=removed/)
  await service.post()
  return { service, device }
}

async function sayNotMe(service: TestService) {
  const owner = service.browser()
  await owner.open(/\S+\/not-me\?\S+/.exec(service.box.newest(EMAIL).text)?.[0] ?? '')
  await owner.send({}, { button: 'It was not me' })
  assert.match(owner.page.at, /^\/reset\?/)
}

const factors = ({ db }: TestService) =>
  db.selectFrom('factors').innerJoin('accounts', 'accounts.id', 'account_id').where('email', '=', EMAIL).execute()

suite('K4: a passkey that was removed', () => {
  test('comes back with "It was not me"', async () => {
    const { service, device } = await removed()
    await sayNotMe(service)
    assert.equal((await signInByPasskey(service.browser(), device)).at, '/account')
  })

  test('is made by no other account meanwhile, nor with a new one; its own may', async () => {
    const { service, device } = await removed()
    const other = await somebody(service, 'thief@exemple.ca')
    const copy = makeAuthenticator(service.origin)
    const register = async (browser: typeof other) => {
      await browser.open('/account/factors/passkey')
      const asked = askedOn(browser)
      return (await bring(browser, browser.page.at, asked, copy.create(asked, { id: device.id }))).status
    }
    assert.equal(await register(other), 422)
    const newcomer = await asksForPasskey(service, 'new@exemple.ca')
    const asked = askedOn(newcomer)
    const answer = copy.create(asked, { id: device.id })
    assert.equal((await bring(newcomer, newcomer.page.at, asked, answer)).status, 422)
    assert.equal(await register(await signedIn(service)), 303)
    await sayNotMe(service)
    assert.equal((await signInByPasskey(service.browser(), device)).at, '/account')
  })

  test('does not come back where another account has it all the same; the rest does, and nothing stays of it', async () => {
    const { service, device } = await removed()
    await setUpPasskey(await somebody(service, 'other@exemple.ca'), service.origin)
    await service.db.updateTable('passkeys').set({ credential_id: device.id }).execute()
    await sayNotMe(service)
    assert.equal((await factors(service)).length, 0)
  })
})

test('K4: taking an account back reads no more than an account may have, however much was added and removed since', async () => {
  const { service } = await removed()
  const { db, clock } = service
  const now = clock.now()
  const [kept] = await db.selectFrom('former_ways').selectAll().where('kind', '=', 'factor').execute()
  assert.ok(kept)
  const rows = Array.from({ length: 1000 }, (_, n) => [
    { ...kept, id: `fwy_a${n}`, made_at: now, ended_at: now },
    { ...kept, id: `fwy_b${n}`, kind: 'two-step' as const, facts: { wasOn: n % 2 === 1 }, made_at: now, ended_at: now },
  ]).flat()
  await db.insertInto('former_ways').values(rows.slice(0, 1000)).execute()
  await db.insertInto('former_ways').values(rows.slice(1000)).execute()
  let most = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      most = Math.max(most, result.rows.length)
      return result
    },
  }
  const since = before(now, RESTORABLE_FOR)
  const { restored } = await transact(db.withPlugin(counting), (tx) =>
    revertWays(service, tx, kept.account_id, { since, actor: system }),
  )
  assert.equal(restored, 1)
  assert.ok(most <= 3, `${most} rows were read`)
  assert.equal((await db.selectFrom('former_ways').select('id').execute()).length, 0)
})
