/**
 * Proof of work: what a browser has to show when its network, or the service as a whole, sees too much.
 *
 *   made ──► stands in the form ──► solved by a script in about a second, or waited for ──► accepted once
 *
 * The challenge is ALTCHA's, version 2: find a number whose PBKDF2 key begins with two zeros. Nothing is stored when one
 * is made: it is signed, and bound to the deed and to the browser. Without JavaScript half a minute is proof enough, a
 * few times a quarter of an hour.
 */
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import { after, type Clock, minutes } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Metrics } from '../../platform/log/metrics.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import { readJson } from '../../platform/text.ts'
import { PROOF_WAIT } from '../../platform/web/proof-wait.ts'
import type { Ask } from './asking.ts'
import { WINDOW } from './protection.ts'
import { countUnder } from './store.ts'
import type { Suspicion } from './suspicion.ts'

export type Needs = {
  db: Db
  clock: Clock
  keyring: Keyring
  log: Log
  metrics: Metrics
  figures: { challengeCost: number }
}

/** What the work is for; `browser` is the mark of the browser that does it. */
export type Deed = { deed: Ask | 'sign-in'; browser: string; network: string }
/** The two fields of a form, as they came. */
export type Proof = { challenge: string; proof: string }

const LIVES = minutes(5)
/** How often half a minute is proof enough, in a quarter of an hour: of one network, and over all. */
const WAITS_PER_NETWORK = 10
const WAITS_EVERYWHERE = 300
/** Two zeros: one number in 256 fits, and none is more likely than another. */
const PREFIX = '00'
const LONGEST = 2_000

const secretOf = ({ keyring }: Pick<Needs, 'keyring'>): string => keyring.mark('altcha', 'challenge')
const boundTo = ({ keyring }: Pick<Needs, 'keyring'>, { deed, browser }: Deed): string =>
  keyring.mark(`${deed} ${browser}`, 'challenge')

/** Says in the log why, and answers a challenge, as it stands in a form. */
export async function challengeFor(needs: Needs, deed: Deed, { rule, inputs }: Suspicion): Promise<string> {
  needs.log.info({ rule, ...inputs, deed: deed.deed, network: deed.network }, 'a browser has to prove some work')
  needs.metrics.count('passerelle_challenges_total', { rule, outcome: 'asked' })
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: needs.figures.challengeCost,
    keyPrefix: PREFIX,
    deriveKey,
    data: { for: boundTo(needs, deed), at: needs.clock.now().getTime() },
    hmacSignatureSecret: secretOf(needs),
  })
  return Buffer.from(JSON.stringify(challenge)).toString('base64url')
}

const asMade = z.object({
  parameters: z.object({
    algorithm: z.literal('PBKDF2/SHA-256'),
    nonce: z.string(),
    salt: z.string(),
    cost: z.number(),
    keyLength: z.number(),
    keyPrefix: z.string(),
    data: z.object({ for: z.string(), at: z.number() }),
  }),
  signature: z.string(),
})
const asSolved = z.object({ counter: z.number(), derivedKey: z.string() })

function read<Shape>(schema: z.ZodType<Shape>, text: string): Shape | undefined {
  return schema.safeParse(readJson(text, LONGEST)).data
}

/** Whether the work is done, or the time waited. Accepted once: of many who show the same, one statement lets one win. */
export async function acceptProof(needs: Needs, deed: Deed, given: Proof): Promise<boolean> {
  const challenge = read(asMade, Buffer.from(given.challenge.slice(0, 2 * LONGEST), 'base64url').toString())
  if (!challenge) return false
  const { nonce, data } = challenge.parameters
  const now = needs.clock.now()
  const age = now.getTime() - data.at
  if (data.for !== boundTo(needs, deed) || age < 0 || age > LIVES.ms) return false
  const solution = read(asSolved, given.proof) ?? { counter: -1, derivedKey: '' }
  const shown = { challenge, solution, deriveKey, hmacSignatureSecret: secretOf(needs) }
  const { verified, invalidSignature } = await verifySolution(shown)
  const waited = !verified && age >= PROOF_WAIT.ms
  if (invalidSignature !== false || !(verified || waited)) return false
  const key = `challenge ${nonce}`
  const spent = await countUnder(needs.db, [key], now, after(now, LIVES))
  const accepted = spent.get(key) === 1 && (verified || (await mayWait(needs, deed.network)))
  if (accepted) needs.metrics.count('passerelle_challenges_total', { outcome: verified ? 'solved' : 'waited' })
  return accepted
}

async function mayWait({ db, clock }: Needs, network: string): Promise<boolean> {
  const [own, everywhere] = [`waits network ${network}`, 'waits everywhere']
  const now = clock.now()
  const counts = await countUnder(db, [own, everywhere], now, after(now, WINDOW))
  return (counts.get(own) ?? 0) <= WAITS_PER_NETWORK && (counts.get(everywhere) ?? 0) <= WAITS_EVERYWHERE
}
