import { suite, test } from 'node:test'
import { hours } from '../../src/platform/clock.ts'
import { testService } from '../../src/testing/world.ts'
import { arrive, browserOf, makeParty } from './party.ts'
import { makePerson, signIn } from './person.ts'
const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const third = await makeParty(service, 'third', { thirdParty: true })
suite('x', () => {
  test('y', async () => {
    const browser = browserOf(service)
    const [one, two] = [await ledger.ask(), await third.ask()]
    const first = await browser.open(one.url.href)
    await browser.open(two.url.href)
    const v = await signIn(browser, maya)
    console.log(v.at, v.status, v.html.slice(v.html.indexOf('<main'), v.html.indexOf('<main') + 900))
    const b = await browser.send({}, { button: 'Share and continue' })
    console.log(b.at)
    console.log([...browser.cookies])
    let w = await browser.request(`/continue/${/journey=(\w+)/.exec(first.at)?.[1]}`)
    for (let i = 0; i < 6 && w.status === 303; i++) { const l = w.headers.get('location') ?? ''; console.log(l); w = await browser.request(l) ; console.log(w.status, w.headers.getSetCookie())}
    void arrive; void hours
  })
})
