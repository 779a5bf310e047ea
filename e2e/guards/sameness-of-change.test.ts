/** F6, Z1: who changes their address does not learn from any page or statement whether the new one has an account. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../src/platform/clock.ts'
import type { Browser, Visit } from '../../src/testing/browser.ts'
import { withoutNonces } from '../../src/testing/nonces.ts'
import { somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const service = await testService()

/** An answer without what is drawn anew for every request, and without the addresses. */
function masked({ status, at, html, headers }: Visit, own: string, typed: string): string {
  const plain = (text: string) =>
    text
      .replaceAll(own, 'OWN')
      .replaceAll(typed, 'TYPED')
      .replaceAll(/req_[0-9a-f]{32}/g, 'ID')
  const told = [...headers]
    .filter(([name]) => !['date', 'content-length'].includes(name))
    .map(([name, value]) => `${name}: ${plain(value)}`)
  return [status, plain(at), ...told, plain(withoutNonces(html))].join('\n')
}

const ask = async (browser: Browser, email: string, follow = true): Promise<Visit> => {
  await browser.open('/account/email')
  return browser.send({ email }, { button: 'Continue', follow })
}
type Way = (browser: Browser, address: string) => Promise<Visit>
const ways: Record<string, Way> = {
  asking: (browser, email) => ask(browser, email, false),
  'the page after asking': (browser, email) => ask(browser, email),
  'the page of the code, once the letter has left': async (browser, email) => {
    await ask(browser, email)
    await service.post()
    return browser.open('/account/email/verify')
  },
  'a wrong code': async (browser, email) => {
    await ask(browser, email)
    return browser.send({ code: '000000' }, { button: 'Verify email' })
  },
  'having the code sent again': async (browser, email) => {
    await ask(browser, email)
    return browser.send({}, { button: 'Resend code', follow: false })
  },
}

suite('a new address that has an account, and one that has none', () => {
  for (const [at, [what, way]] of Object.entries(ways).entries())
    test(`${what}: the same answer to the byte, and the same statements`, async () => {
      const [own, taken, free] = [`asker${at}@exemple.ca`, `known${at}@exemple.ca`, `never${at}@exemple.ca`]
      await somebody(service, taken)
      const browser = await somebody(service, own)
      await service.post()
      const seen = async (typed: string) => {
        const answers: string[] = []
        const statements = await service.statementsOf(async () => {
          answers.push(masked(await way(browser, typed), own, typed))
        })
        await service.post()
        service.clock.advance(minutes(2)) // past the minute in which a mailbox gets one letter
        return { answers, statements }
      }
      await seen(`other${at}@exemple.ca`) // from now on another address waits, whichever comes next
      const unknown = await seen(free)
      const known = await seen(taken)
      assert.deepEqual(known.statements, unknown.statements)
      // What waits stands in the form: the address that was typed before is masked only where it is the same.
      assert.equal(known.answers[0], unknown.answers[0])
    })
})
