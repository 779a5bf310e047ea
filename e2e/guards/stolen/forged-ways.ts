/**
 * X16: whoever can write the database, and has no master key, opens nothing with it. A row that opens something is made up, is
 * copied from one account to another, or says another account, kind, level or time: it opens nothing then. (An old row of
 * the same account, put back, is no forgery: see docs/operate.md.)
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { seconds } from '../../../src/platform/clock.ts'
import { sha256 } from '../../../src/platform/secrets/keyring.ts'
import type { Authenticator } from '../../../src/testing/authenticator.ts'
import { signInByPasskey } from '../../../src/testing/people.ts'

import {
  clock,
  cookies,
  db,
  forged,
  hasCookie,
  isIn,
  party,
  secondStep,
  service,
  signIn,
  thief,
  victim,
} from './forgery.ts'

test('every table that carries marks is known here, and is forged in this folder', async () => {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = current_schema() and column_name = 'mac' order by table_name`.execute(db)
  assert.deepEqual(
    rows.map(({ name }) => name),
    [
      'factors',
      'journeys',
      'known_browsers',
      'oidc_records',
      'one_time_secrets',
      'passkeys',
      'passwords',
      'recovery_codes',
      'sessions',
    ],
  )
})

suite('X16: passwords', () => {
  const broughtOver = sql`update passwords set (hash, pepper_id, sealed_facts, mac) =
    (select hash, pepper_id, sealed_facts, mac from passwords where account_id = ${thief.id}) where account_id = ${victim.id}`
  test('the row of one account opens no other', async () => {
    assert.match(await signIn(service.browser(), victim), /^\/second-step/, 'as it is')
    await forged(broughtOver, 'passwords', async () => {
      assert.equal(await signIn(service.browser(), victim), '/sign-in')
    })
    await forged(sql`update passwords set mac = null where account_id = ${victim.id}`, 'passwords', async () => {
      assert.equal(await signIn(service.browser(), victim), '/sign-in')
    })
  })
})

suite('X16: sessions', () => {
  const cookie = thief.browser.cookies.get(cookies.session) ?? ''
  const its = sql`where id_mark = ${sha256(cookie)}`
  const changes = {
    'another account': sql`update sessions set account_id = ${victim.id} ${its}`,
    'another level': sql`update sessions set details = details || '{"amr":["pop","user","mfa"],"acr":"phr"}' ${its}`,
    'another age of the way that was proved': sql`update sessions set cooling_off_until = now() ${its}`,
    'a factor just now': sql`update sessions set factor_at = factor_at + interval '1 second' ${its}`,
    'a sign-in just now': sql`update sessions set authenticated_at = authenticated_at + interval '1 second' ${its}`,
  }
  for (const [what, change] of Object.entries(changes))
    test(`a row that says ${what} is no session`, async () => {
      assert.ok(await isIn(hasCookie(cookie)), 'as it is')
      await forged(change, 'sessions', async () => assert.ok(!(await isIn(hasCookie(cookie)))))
    })

  test('nor is the session of somebody under another secret, or a row that was made up', async () => {
    const known = sha256('known to the thief')
    const theirs = sql`update sessions set id_mark = ${known} where account_id = ${victim.id}`
    await forged(theirs, 'sessions', async () => assert.ok(!(await isIn(hasCookie('known to the thief')))))
    for (const mac of ['null', "'AAAA'", 'mac']) {
      const made = sql`insert into sessions select (jsonb_populate_record(it, jsonb_build_object('uid', 'ses_made',
        'id_mark', ${known}::text, 'account_id', ${victim.id}::text, 'mac', ${sql.raw(mac)}))).* from sessions it ${its}`
      await forged(made, 'sessions', async () => {
        assert.ok(!(await isIn(hasCookie('known to the thief'))))
        const silent = await party.ask({ prompt: 'none' })
        const { at } = await hasCookie('known to the thief').open(silent.url.href)
        assert.match(at, /error=login_required/)
      })
    }
  })
})

suite('X16: ways to sign in', () => {
  test('an app moved to another account, one made older, and a number in its place prove nothing', async () => {
    clock.advance(seconds(60))
    assert.ok(await secondStep(victim, victim.app.code()), 'as it is')
    const moved = sql`update factors set account_id = ${victim.id} where account_id = ${thief.id} and kind = 'app'`
    await forged(moved, 'factors', async () => {
      clock.advance(seconds(60))
      assert.ok(!(await secondStep(victim, thief.app.code())))
    })
    const older = sql`update factors set made_at = made_at - interval '30 days' where account_id = ${victim.id}`
    await forged(older, 'factors', async () => {
      clock.advance(seconds(60))
      assert.doesNotMatch(await signIn(service.browser(), victim), /^\/second-step/)
    })
    const texted = sql`update factors set kind = 'text', sealed_key = null, contact = '+15145550100' where account_id = ${victim.id}`
    await forged(texted, 'factors', async () => {
      const before = service.box.texts.length
      await signIn(service.browser(), victim)
      await service.post()
      assert.equal(service.box.texts.length, before, 'nothing is sent to it')
    })
  })

  test('a passkey moved to another account, or whose key was exchanged, opens nothing', async () => {
    const by = async (device: Authenticator) => {
      const browser = service.browser()
      await browser.open('/sign-in')
      await signInByPasskey(browser, device, '/sign-in')
      return isIn(browser)
    }
    assert.ok(await by(thief.device), 'as it is')
    const moved = sql`update passkeys set account_id = ${victim.id} where account_id = ${thief.id}`
    await forged(moved, 'passkeys', async () => assert.ok(!(await by(thief.device))))
    const exchanged = sql`update passkeys set public_key = it.public_key, credential_id = 'x' || passkeys.credential_id,
      mac = it.mac from passkeys it where it.account_id = ${thief.id} and passkeys.account_id = ${victim.id}`
    await forged(exchanged, 'passkeys', async () => assert.ok(!(await by(victim.device))))
  })

  test('a recovery code that was made up, or copied, opens nothing', async () => {
    const [code = '', other = ''] = victim.codes
    assert.ok(await secondStep(victim, code), 'as it is')
    const [stolen = ''] = thief.codes
    const mark = sha256(`recovery code of ${victim.id} ${stolen.replaceAll('-', '')}`)
    const made = sql`update recovery_codes set code_mark = ${mark} where account_id = ${victim.id}
      and code_mark = (select min(code_mark) from recovery_codes where account_id = ${victim.id})`
    await forged(made, 'recovery_codes', async () => assert.ok(!(await secondStep(victim, stolen))))
    assert.ok(await secondStep(victim, other), 'and as it is again')
  })

  test('a browser that says the second step is skipped there for longer asks for it', async () => {
    const browser = service.browser()
    await signIn(browser, victim)
    clock.advance(seconds(60))
    await browser.send({ code: victim.app.code(), remember: 'yes' })
    assert.equal(await signIn(browser, victim), '/account', 'as it is')
    const longer = sql`update known_browsers set second_step_until = second_step_until + interval '1 day'
      where second_step_until is not null`
    await forged(longer, 'known_browsers', async () => assert.match(await signIn(browser, victim), /^\/second-step/))
    const own = service.browser()
    await signIn(own, victim)
    const mark = sha256(own.cookies.get(cookies.browser) ?? '')
    const made = sql`insert into known_browsers select (jsonb_populate_record(it,
      jsonb_build_object('browser_mark', ${mark}::text))).* from known_browsers it where second_step_until is not null order by second_step_until desc limit 1`
    await forged(made, 'known_browsers', async () => assert.match(await signIn(own, victim), /^\/second-step/))
  })
})
