/** People and attackers of a simulation: what they ask for, and what becomes of it where they do the work they are asked for. */

import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import { admitRequest, admitSignIn } from '../core/limits/admission.ts'
import type { Proof } from '../core/limits/challenge.ts'
import { countFailedSignIn } from '../core/limits/risk/risk-rules.ts'
import { clearFailures } from '../core/limits/sign-in-lockout.ts'
import { type EmailKey, emailKey, parseEmail } from '../core/model/account/email.ts'
import { draw, tryCode } from '../core/model/one-time/one-time.ts'
import { minutes } from '../platform/clock.ts'
import { transact } from '../platform/database/db.ts'
import { visitor } from './visitor.ts'
import type { TestWorld } from './world.ts'

/** Scaled down, as the crowds are. */
export const FIGURES = {
  PASSERELLE_NETWORK_TRIES: '40',
  PASSERELLE_CHALLENGE_NETWORK: '15',
  PASSERELLE_CHALLENGE_ADDRESS: '5',
  PASSERELLE_CHALLENGE_SERVICE: '60',
  PASSERELLE_CHALLENGE_STUFFING: '20',
  PASSERELLE_NETWORK_REQUESTS: '30',
  PASSERELLE_ADDRESS_REQUESTS: '20',
  PASSERELLE_SERVICE_REQUESTS: '100',
}
export const NONE: Proof = { challenge: '', proof: '' }

export function keyOf(typed: string): EmailKey {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return emailKey(parsed.email)
}
export const personOf = (n: number): EmailKey => keyOf(`person${n}@exemple.ca`)
export const actorOf = (network: string, browser: string) => ({ ...visitor, network, userAgent: '', browser })
type From = ReturnType<typeof actorOf>

/** The work, as a browser does it. */
function worked(challenge: string): Proof {
  const { nonce, salt, cost, keyLength, keyPrefix } = JSON.parse(
    Buffer.from(challenge, 'base64url').toString(),
  ).parameters
  const number = Buffer.alloc(4)
  for (let counter = 0; ; counter++) {
    number.writeUInt32BE(counter)
    const password = Buffer.concat([Buffer.from(nonce, 'hex'), number])
    const derivedKey = pbkdf2Sync(password, Buffer.from(salt, 'hex'), cost, keyLength, 'sha256').toString('hex')
    if (derivedKey.startsWith(keyPrefix)) return { challenge, proof: JSON.stringify({ counter, derivedKey }) }
  }
}

type Outcome = { ok: true } | { ok: false; reason: string; figures: Record<string, string | number> }
/** What becomes of a request whose sender does the work where it is asked for. */
export async function insisting(
  deed: (proof: Proof) => Promise<Outcome>,
): Promise<'at once' | 'with work' | 'refused'> {
  const first = await deed(NONE)
  if (first.ok) return 'at once'
  if (first.reason !== 'not-proven') return 'refused'
  return (await deed(worked(String(first.figures.challenge)))).ok ? 'with work' : 'refused'
}

/** As the rules of a sign-in do it, but for the hash. `known`: the account trusts the browser. */
export async function signIn(
  world: TestWorld,
  person: number,
  from: From,
  right: boolean,
  known: boolean,
  proof = NONE,
) {
  const { network, browser } = from
  const address = personOf(person)
  const who = known ? { address, browser } : { address, network, browser: '' }
  const admitted = await admitSignIn(world, who, from, proof)
  if (!admitted.ok) return admitted
  if (right) await clearFailures(world, who)
  else if (!known) await countFailedSignIn(world, { address, network })
  return admitted
}

export async function ask(
  world: TestWorld,
  what: 'sign-up' | 'reset',
  address: EmailKey,
  from: From,
  proof: Proof,
  isTrusted = false,
) {
  return admitRequest(world, { what, address, network: from.network }, from, proof, async () => isTrusted)
}

/** A code that is in somebody's mailbox; `answer` looks at what is typed. */
export async function codeFor(world: TestWorld, subject: string) {
  const one = { purpose: 'sign-up', subject, lives: minutes(30), tries: 5 } as const
  const { code } = await transact(world.db, (tx) => draw(world, tx, one))
  return { code, answer: async (typed: string) => (await tryCode(world, 'sign-up', subject, typed)).ok }
}
