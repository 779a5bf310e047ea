/** D5: two thousand addresses try one account, with real connections and real hashes; its owner signs in meanwhile. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { minutes } from '../../src/platform/clock.ts'
import { type Browser, formsOf } from '../../src/testing/browser.ts'
import { PASSWORD, somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const TURNS = 20
const AT_ONCE = 100 // 2,000 in all, each with an address of its own
const EMAIL = 'marie@exemple.ca'
const service = await testService({ PASSERELLE_HASH_MEMORY_KIB: '19456' })
const owner = await somebody(service, EMAIL)

type Answer = { status: number; cookies: string[]; html: string }
/** One request from an address of the loopback network. */
function ask(from: string, path: string, cookies: readonly string[], form?: Record<string, string>) {
  const headers = {
    cookie: cookies.join('; '),
    ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
  }
  return new Promise<Answer>((resolve, reject) => {
    const options = { localAddress: from, agent: false, headers, method: form ? 'POST' : 'GET' }
    const asked = request(service.base + path, options, async (answer) => {
      answer.setEncoding('utf8')
      let html = ''
      for await (const chunk of answer) html += chunk
      const set = answer.headers['set-cookie'] ?? []
      resolve({ status: answer.statusCode ?? 0, cookies: set.map((one) => one.split(';')[0] ?? ''), html })
    })
    asked.once('error', reject).end(form && new URLSearchParams(form).toString())
  })
}

/** A wrong password from the nth address, with a form that one of them has opened. @returns the status of the answer */
async function attack({ html, cookies }: Answer, n: number): Promise<number> {
  const fields = { ...formsOf(html)[0]?.hidden, email: EMAIL, password: `guess ${n}` }
  return (await ask(`127.${1 + (n >> 8)}.${n & 255}.1`, '/sign-in', cookies, fields)).status
}

async function signIn(browser: Browser): Promise<boolean> {
  await browser.open('/sign-in')
  return (await browser.send({ email: EMAIL, password: PASSWORD })).at === '/account'
}

suite('an attack from 2,000 addresses on one account', () => {
  test('lets its owner in 20 of 20 times where they are known, and elsewhere with one step more', async () => {
    const form = await ask('127.0.0.1', '/sign-in', [])
    const answers = new Set<number>()
    let inside = 0
    for (let turn = 0; turn < TURNS; turn++) {
      await owner.open('/account')
      await owner.send({}, { button: 'Sign out' })
      const attackers = Array.from({ length: AT_ONCE }, (_, n) => attack(form, turn * AT_ONCE + n))
      if (await signIn(owner)) inside++
      for (const status of await Promise.all(attackers)) answers.add(status)
      service.clock.advance(minutes(5))
    }
    assert.equal(inside, TURNS)
    assert.deepEqual([...answers], [422], 'nobody else got in')

    const elsewhere = service.browser()
    assert.equal(await signIn(elsewhere), false)
    await service.post()
    const letter = service.box.letters.findLast(({ template }) => template === 'account-blocked')
    await elsewhere.open(letter?.link ?? '')
    await elsewhere.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    assert.equal(await signIn(elsewhere), true)
  })
})
