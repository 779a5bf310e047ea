/**
 * Does time tell whether an address has an account? 400 pairs of requests, one for a known and one for an unknown
 * address in turn; the probability that a known one takes longer than an unknown one must be near a half.
 * `npm run test:timing`; not part of `npm test`, because a busy machine would decide it.
 */

import { forgetFailures } from '../src/core/limits/sign-in-lockout.ts'
import { emailKey, parseEmail } from '../src/core/model/account/email.ts'
import { transact } from '../src/platform/database/db.ts'
import { PASSWORD, somebody } from '../src/testing/people.ts'
import { type TestService, testService } from '../src/testing/world.ts'

const PAIRS = 400
const WARM_UP = 50
const LEAST = 0.45
const MOST = 0.55

type Ask = (service: TestService, address: string) => Promise<() => Promise<unknown>>

/** Each prepares a request and answers the function that is timed. */
const ways: Record<string, Ask> = {
  'signing in': async (service, typed) => {
    const browser = service.browser()
    const parsed = parseEmail(typed)
    if (!parsed.ok) throw new Error(`${typed} is no address`)
    const { email } = parsed
    // Every try is to be looked at, however many there were.
    await transact(service.db, (tx) => forgetFailures(service, tx, emailKey(email)))
    await browser.open('/sign-in')
    return () => browser.send({ email, password: 'not the password' }, { follow: false })
  },
  'asking for a new password': async (service, email) => {
    const browser = service.browser()
    await browser.open('/forgot')
    return () => browser.send({ email }, { follow: false })
  },
  'signing up': async (service, email) => {
    const browser = service.browser()
    await browser.open('/sign-up')
    return () => browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD }, { follow: false })
  },
  'having the code sent again': async (service, email) => {
    const browser = service.browser()
    await browser.open('/sign-up')
    await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
    return () => browser.send({}, { button: 'Resend code', follow: false })
  },
}

/** Mann and Whitney's U over all pairs: 0.5 when neither is slower. */
function probabilityOfSuperiority(known: readonly number[], unknown: readonly number[]): number {
  let wins = 0
  for (const one of known) for (const other of unknown) wins += one > other ? 1 : one === other ? 0.5 : 0
  return wins / (known.length * unknown.length)
}

async function measure(service: TestService, way: Ask, known: string): Promise<number> {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  for (let pair = -WARM_UP; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of order) {
      const ask = await way(service, kind === 'known' ? known : `nobody-${known}`)
      const began = performance.now()
      await ask()
      if (pair >= 0) times[kind].push(performance.now() - began)
    }
    // Letters are written apart from the requests that caused them.
    if (pair % 20 === 0) await service.post()
  }
  return probabilityOfSuperiority(times.known, times.unknown)
}

const service = await testService({
  PASSERELLE_HASH_MEMORY_KIB: '19456',
  PASSERELLE_SIGN_IN_TRIES: '100',
  PASSERELLE_WAIT_FROM: '100',
  PASSERELLE_NETWORK_TRIES: '100000',
  PASSERELLE_NETWORK_REQUESTS: '100000',
  PASSERELLE_ADDRESS_REQUESTS: '100000',
  PASSERELLE_CHALLENGE_NETWORK: '100000',
  PASSERELLE_CHALLENGE_ADDRESS: '100000',
  PASSERELLE_CHALLENGE_SERVICE: '100000',
  PASSERELLE_CHALLENGE_STUFFING: '100000',
})
const people = await Promise.all(Object.keys(ways).map((_, n) => somebody(service, `known${n}@exemple.ca`)))
for (const [n, [what, way]] of Object.entries(ways).entries()) {
  const probability = await measure(service, way, `known${n}@exemple.ca`)
  const within = probability >= LEAST && probability <= MOST
  process.stdout.write(
    `${within ? 'ok  ' : 'FAIL'} ${what.padEnd(32)} ${probability.toFixed(3)} (${LEAST} to ${MOST})\n`,
  )
  if (!within) process.exitCode = 1
}
service.app.server.closeAllConnections()
process.exit(people.length > 0 ? process.exitCode : 1)
