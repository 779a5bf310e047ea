/** X3: what a stranger types and asks for about an address refuses no right code to its owner. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'victim@exemple.ca'
const person = { 'first-name': 'M', 'last-name': 'T', password: PASSWORD, email }
const from = (service: TestService, address: string) =>
  makeBrowser(service.origin, service.base, { 'x-forwarded-for': address })

suite('X3: wrong codes of a stranger', () => {
  test('for the same address, from the same network, before and after its letter: the right code of another is right', async () => {
    const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1', PASSERELLE_NETWORK_TRIES: '10' })
    const stranger = from(service, '203.0.113.9')
    await stranger.open('/sign-up')
    await stranger.send(person)
    const { at } = stranger.page
    for (let n = 0; n < 60; n++) {
      await stranger.open(at)
      await stranger.send({ code: String(n).padStart(6, '0') })
      if (n === 30) await service.post()
    }
    const owner = from(service, '203.0.113.9')
    await owner.open('/sign-up')
    await owner.send(person)
    await service.post()
    service.clock.advance({ ms: 61_000 }) // one letter a minute goes to a mailbox
    await service.post()
    await owner.send({ code: service.box.newest(email).code ?? '' })
    assert.equal(owner.page.at, '/account')
  })

  test('before its letter is written no code is right: there is none to guess', async () => {
    const service = await testService()
    const stranger = service.browser()
    await stranger.open('/sign-up')
    await stranger.send(person)
    const secrets = await service.db
      .selectFrom('one_time_secrets')
      .selectAll()
      .where('purpose', '=', 'sign-up')
      .execute()
    assert.deepEqual(
      secrets.map(({ code_mark, link_mark }) => [code_mark, link_mark]),
      [[null, null]],
    )
    await stranger.send({ code: '000000' })
    assert.match(stranger.page.html, /not the right code/)
  })
})
