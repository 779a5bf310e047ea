import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, opens, type Party, refreshRaw, tokensFor } from './party.ts'
import { makePerson, signIn, signOutAtPortal } from './person.ts'
import { makeReceiver } from './receiver.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const receiver = await makeReceiver()
const door = await makeParty(service, 'door')
const parties: Party[] = []
for (let n = 1; n <= 8; n++)
  parties.push(await makeParty(service, `product-${n}`, { backchannelLogoutUri: receiver.url }))

suite('a browser that opens all its tabs at once (A1)', () => {
  test('eight products at the same moment: each is let in, each can refresh, each is told of the end', async () => {
    const browser = browserOf(service)
    await arrive(browser, door, maya)
    const tokens = await Promise.all(
      parties.map(async (party) => {
        const asked = await party.ask()
        const { headers } = await browser.request(asked.url.href)
        return party.redeem(asked, headers.get('location') ?? '')
      }),
    )
    for (const [index, party] of parties.entries())
      assert.equal((await refreshRaw(service, party, tokens[index]?.refresh_token ?? '')).status, 200, party.id)
    await signOutAtPortal(browser)
    await service.post()
    assert.equal(receiver.tokens.length, 8)
  })

  test('eight tabs of one product at the same moment: each gets its tokens, and none spoils another', async () => {
    receiver.tokens.splice(0)
    const browser = browserOf(service)
    await arrive(browser, door, maya)
    const [party] = parties
    assert.ok(party)
    const all = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const asked = await party.ask()
        return { asked, at: (await browser.request(asked.url.href)).headers.get('location') ?? '' }
      }),
    )
    const tokens = await Promise.all(all.map(({ asked, at }) => party.redeem(asked, at)))
    for (const { access_token: access, refresh_token: refresh = '' } of tokens) {
      assert.ok(await opens(service, access))
      assert.equal((await refreshRaw(service, party, refresh)).status, 200)
    }
    assert.equal(new Set(tokens.map((it) => it.claims()?.sid)).size, 1, 'one session, one name of it')
    await signOutAtPortal(browser)
    await service.post()
    assert.equal(receiver.tokens.length, 1)
  })

  test('nobody is signed in yet: one sign-in, and the other tabs come through', async () => {
    const browser = browserOf(service)
    await browser.open('/sign-in')
    const requests = await Promise.all(parties.slice(0, 3).map(async (party) => ({ party, asked: await party.ask() })))
    const waiting = await Promise.all(
      requests.map(async (it) => ({ ...it, page: await browser.request(it.asked.url.href) })),
    )
    await browser.open(waiting[0]?.page.headers.get('location') ?? '')
    const first = await signIn(browser, maya)
    assert.ok(answerOf(first).code)
    for (const { party, asked, page } of waiting.slice(1)) {
      const journey = /journey=(\w+)/.exec(page.headers.get('location') ?? '')?.[1]
      assert.ok((await party.redeem(asked, (await browser.open(`/continue/${journey}`)).at)).access_token)
    }
  })

  test('the same step proved in two tabs at once: the tab that is late comes through with the session of the other', async () => {
    const browser = browserOf(service)
    const asked = await door.ask()
    const journey = /journey=(\w+)/.exec((await browser.open(asked.url.href)).at)?.[1]
    const before = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const proved = await browser.send(
      { email: maya.email, password: maya.password },
      { button: 'Sign in', follow: false },
    )
    const onward = proved.headers.get('location') ?? ''
    assert.equal(onward, `/continue/${journey}`)
    const late = await browser.request(onward, { headers: { cookie: before } })
    assert.equal(late.headers.get('location'), `${onward}?again=1`)
    const stranger = await browser.request(`${onward}?again=1`, { headers: { cookie: before } })
    assert.equal(stranger.headers.get('location'), `/sign-in?journey=${journey}`, 'asked once more, not for ever')
    assert.ok(answerOf(await browser.open(`${onward}?again=1`)).code)
  })

  test('a session that ends while a tab comes back stays ended', async () => {
    for (let round = 0; round < 5; round++) {
      const browser = browserOf(service)
      await tokensFor(browser, door, maya)
      const [asked] = await Promise.all([door.ask({ prompt: 'none' }), browser.open('/account')])
      await Promise.all([browser.request(asked.url.href), browser.send({}, { button: 'Sign out' })])
      const after = await browser.request((await door.ask({ prompt: 'none' })).url.href)
      assert.match(after.headers.get('location') ?? '', /error=login_required/)
    }
  })
})
