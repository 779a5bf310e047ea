/** X16, as in forged-ways.ts: links, journeys, and what products hold. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import * as oidc from 'openid-client'
import { draw } from '../../../src/core/model/one-time/one-time.ts'
import { after, days } from '../../../src/platform/clock.ts'
import { transact } from '../../../src/platform/database/db.ts'
import { sha256 } from '../../../src/platform/secrets/keyring.ts'
import { PASSWORD } from '../../../src/testing/people.ts'
import { browserOf, makePublicParty, post, provesItself, tokensFor } from '../../protocol/party.ts'
import { clock, cookies, db, forged, isIn, party, service, signIn, thief, victim } from './forgery.ts'

const linkFor = (purpose: 'reset' | 'unblock' | 'not-me' | 'undo-email', subject: string) =>
  transact(db, (tx) => draw(service, tx, { purpose, subject, lives: days(1), tries: 0 }))
const opens = async (path: string, link: string) =>
  (await service.browser().open(`${path}?link=${link}`)).status === 200

suite('X16: links and journeys', () => {
  test('a link moved to another account, purpose or time, or made up, opens nothing', async () => {
    const { link } = await linkFor('reset', thief.id)
    assert.ok(await opens('/reset', link), 'as it is')
    const its = sql`where purpose = 'reset' and subject = ${thief.id}`
    for (const change of [
      sql`update one_time_secrets set subject = ${victim.id} ${its}`,
      sql`update one_time_secrets set purpose = 'undo-email' ${its}`,
      sql`update one_time_secrets set expires_at = expires_at + interval '1 day' ${its}`,
      sql`update one_time_secrets set mac = null ${its}`,
    ])
      await forged(change, 'one_time_secrets', async () => {
        for (const path of ['/reset', '/undo']) assert.ok(!(await opens(path, link)), path)
      })
    const made = sql`insert into one_time_secrets select (jsonb_populate_record(it, jsonb_build_object('subject',
      ${victim.id}::text, 'link_mark', ${sha256('reset made-up')}::text))).* from one_time_secrets it ${its}`
    await forged(made, 'one_time_secrets', async () => assert.ok(!(await opens('/reset', 'made-up'))))
  })

  test('a confirmation, or a password, that was proved for one account proves no other', async () => {
    const browser = service.browser()
    assert.match(await signIn(browser, thief), /^\/second-step/)
    const journey = /jrn_[0-9a-f]{32}/.exec(browser.page.at)?.[0] ?? ''
    const at = browser.page.at
    const { hash } = await db
      .selectFrom('passwords')
      .select('hash')
      .where('account_id', '=', victim.id)
      .executeTakeFirstOrThrow()
    for (const proofs of [
      { password: { account: victim.id, password: sha256(hash), at: clock.now().toISOString() } },
      { doubted: { account: victim.id, password: sha256(hash) } },
      { identity: true },
    ]) {
      const change = sql`update journeys set proofs = ${JSON.stringify(proofs)}::jsonb, account_id = ${victim.id} where id = ${journey}`
      await forged(change, 'journeys', async () => {
        for (const path of [at, `/confirm?journey=${journey}`, `/continue/${journey}`]) {
          const { html } = await browser.open(path)
          assert.ok(!html.includes(victim.email))
        }
        assert.doesNotMatch((await browser.open(at)).html, /name="code"/)
      })
    }
  })
})

suite('X16: rows beside a link', () => {
  test('a journey that was moved to another browser, or leads elsewhere, proves nothing there', async () => {
    const browser = service.browser()
    assert.match(await signIn(browser, victim), /^\/second-step/)
    const { at, html } = browser.page
    assert.match(html, /name="code"/, 'as it is')
    const own = service.browser()
    await own.open('/sign-in')
    const mark = sha256(own.cookies.get(cookies.browser) ?? '')
    const its = sql`where id = ${/jrn_[0-9a-f]{32}/.exec(at)?.[0] ?? ''}`
    await forged(sql`update journeys set browser_mark = ${mark} ${its}`, 'journeys', async () => {
      assert.doesNotMatch((await own.open(at)).html, /name="code"/)
    })
    const elsewhere = sql`update journeys set destination = destination || '{"path": "https://thief.example/"}' ${its}`
    await forged(elsewhere, 'journeys', async () => {
      assert.doesNotMatch((await browser.open(at)).html, /name="code"/)
    })
  })

  test('the link that undoes a change of one address undoes none of another account', async () => {
    const before = sql`insert into former_addresses (id, account_id, email, email_key, changed_at, undoable_until) values
      ('fad_thief', ${thief.id}, 'former@exemple.ca', 'former@exemple.ca', ${clock.now()}, ${after(clock.now(), days(1))})`
    const { link } = await linkFor('undo-email', `${thief.id} fad_thief`)
    await forged(before, 'former_addresses', async () => {
      assert.ok(await opens('/undo', link), 'as it is')
      const moved = sql`update former_addresses set account_id = ${victim.id} where id = 'fad_thief'`
      await forged(moved, 'former_addresses', async () => assert.ok(!(await opens('/undo', link))))
    })
  })
})

suite('X16: what products hold', () => {
  test('a token moved to another account, or made up, is none; nor does an interaction say who signed in', async () => {
    const person = { id: thief.id, email: thief.email, password: PASSWORD }
    const browser = browserOf(service)
    browser.cookies.set(cookies.session, thief.browser.cookies.get(cookies.session) ?? '')
    const tokens = await tokensFor(browser, party, person)
    const userinfo = async (token: string) => {
      const { status } = await fetch(`${service.base}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })
      return status
    }
    assert.equal(await userinfo(tokens.access_token), 200, 'as it is')
    const its = sql`where model = 'AccessToken' and id_mark = ${sha256(tokens.access_token)}`
    const theirs = JSON.stringify({ accountId: victim.id })
    for (const change of [
      sql`update oidc_records set payload = payload || ${theirs}::jsonb, account_id = ${victim.id} ${its}`,
      sql`update oidc_records set id_mark = ${sha256('made-up-token-of-the-thief')} ${its}`,
      sql`update oidc_records set mac = null ${its}`,
    ])
      await forged(change, 'oidc_records', async () => {
        assert.equal(await userinfo(tokens.access_token), 401)
        assert.equal(await userinfo('made-up-token-of-the-thief'), 401)
      })
    const again = await party.ask()
    const stranger = service.browser()
    await stranger.request(again.url.href)
    const name = 'passerelle-resume'
    const resume = [...stranger.cookies].find(([key]) => key.startsWith(name))
    assert.ok(resume)
    const answered = JSON.stringify({ result: { login: { accountId: victim.id } } })
    const change = sql`update oidc_records set payload = payload || ${answered}::jsonb where model = 'Interaction'`
    await forged(change, 'oidc_records', async () => {
      const { at } = await stranger.open(`/oidc/authorize/${resume[1]}`)
      assert.doesNotMatch(at, /[?&]code=/)
      assert.ok(!(await isIn(stranger)))
    })
  })

  test('a code that the owner types connects no other device: not one whose row says that it has that code', async () => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
    const tv = await makePublicParty(service, 'tv', { grants: [grant_type, 'refresh_token'] })
    const begin = () => oidc.initiateDeviceAuthorization(tv.config, { scope: 'openid' })
    const [own, another] = [await begin(), await begin()]
    const connect = async (code: string) => {
      await victim.browser.open('/device')
      await victim.browser.send({ user_code: code })
      if (/>Connect</.test(victim.browser.page.html)) await victim.browser.send({}, { button: 'Connect' })
    }
    const gets = async ({ device_code }: typeof own) =>
      (await post(service, '/oidc/token', { ...provesItself(tv), grant_type, device_code })).status === 200
    const markOf = ({ user_code: code }: typeof own) => service.keyring.mark(code.replace('-', ''), 'user code')
    const gone = sql`update oidc_records set user_code_mark = null where user_code_mark = ${markOf(own)}`
    const moved = sql`update oidc_records set user_code_mark = ${markOf(own)} where user_code_mark = ${markOf(another)}`
    await forged(gone, 'oidc_records', () =>
      forged(moved, 'oidc_records', async () => {
        await connect(own.user_code)
        assert.ok(!(await gets(another)))
      }),
    )
    await connect(own.user_code)
    assert.ok(await gets(own), 'as it is')
  })
})
