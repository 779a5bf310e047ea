/**
 * Proof of work: what a browser has to show when its network, or the service as a whole, sees too much.
 *
 *   made ──► stands in the form ──► solved by a script in about a second, or waited for ──► accepted once
 *
 * The challenge is ALTCHA's, version 2: find a number whose PBKDF2 key begins with two zeros. Nothing is stored when one is made:
 * it is signed, and bound to the kind of request and to the browser. An answer is accepted once, and a wrong one spends the
 * challenge too: it costs us one key, for a page that was asked for. Keys are derived one after another, so that they never take
 * the threads that passwords are compared on. Without JavaScript half a minute of waiting takes the place of the work, as often
 * as the limits `waits-…` allow.
 */
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import { after, minutes } from '../../platform/clock.ts'
import { again } from '../../platform/database/db.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Metrics } from '../../platform/log/metrics.ts'
import type { Reads } from '../../platform/needs.ts'
import { readJson } from '../../platform/text.ts'
import { siteOf, wideNetworkOf } from '../../platform/web/client-address.ts'
import { PROOF_WAIT } from '../../platform/web/proof-wait.ts'
import type { HashLane } from '../model/password/hash-lane.ts'
import type { Counts } from './counters/count.ts'
import { windowOf } from './counters/limits.ts'
import { counterKey, countShared, takeOnce } from './counters/store.ts'
import type { RequestKind } from './request-limits.ts'
import type { AbuseSignal } from './risk/risk-store.ts'

export type ChallengeNeeds = Reads &
  Counts<'waits-site' | 'waits-wide-network'> & {
    log: Log
    metrics: Metrics
    /** Derives one key at a time, for each network in turn. */
    proofLane: HashLane
    figures: { challengeCost: number }
  }

/** What the work is for; `browser` is the mark of the browser that does it. */
export type ChallengedRequest = { kind: RequestKind | 'sign-in'; browser: string; network: string }
/** The two fields of a form, as they came. */
export type Proof = { challenge: string; proof: string }

const CHALLENGE_LIVES = minutes(5)
/** By how much the work is more where it is dearer. */
const HARDER_BY = 4
/** Two zeros: one number in 256 fits, and none is more likely than another. */
const PREFIX = '00'
const LONGEST_CHALLENGE = 2_000

const secretOf = ({ keyring }: Pick<ChallengeNeeds, 'keyring'>): string => keyring.mark('altcha', 'challenge')
const boundTo = ({ keyring }: Pick<ChallengeNeeds, 'keyring'>, { kind, browser }: ChallengedRequest): string =>
  keyring.mark(`${kind} ${browser}`, 'challenge')

/** Says in the log why, and answers a challenge, as it stands in a form. */
export async function challengeFor(
  needs: ChallengeNeeds,
  request: ChallengedRequest,
  { rule, inputs, dearer }: AbuseSignal,
): Promise<string> {
  needs.log.info({ rule, ...inputs, kind: request.kind, network: request.network }, 'a browser has to prove some work')
  needs.metrics.count('passerelle_challenges_total', { rule, outcome: 'asked' })
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: needs.figures.challengeCost * (dearer ? HARDER_BY : 1),
    keyPrefix: PREFIX,
    deriveKey,
    data: { for: boundTo(needs, request), at: needs.clock.now().getTime() },
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
  return schema.safeParse(readJson(text, LONGEST_CHALLENGE)).data
}

/**
 * Whether the work is done, or the time waited. Spent before a key is derived: of many who show the same, one statement
 * lets one through, and a wrong answer is no second one. Without an answer or the time waited nothing is spent.
 * @throws {Busy} when too many wait to have a key derived
 */
export async function acceptProof(needs: ChallengeNeeds, request: ChallengedRequest, given: Proof): Promise<boolean> {
  const challenge = read(asMade, Buffer.from(given.challenge.slice(0, 2 * LONGEST_CHALLENGE), 'base64url').toString())
  if (!challenge) return false
  const { data } = challenge.parameters
  const age = needs.clock.now().getTime() - data.at
  if (data.for !== boundTo(needs, request) || age < 0 || age > CHALLENGE_LIVES.ms) return false
  const isWaited = age >= PROOF_WAIT.ms
  const solution = read(asSolved, given.proof)
  if ((!solution && !isWaited) || !(await isSigned(needs, challenge)) || !(await spend(needs, challenge))) return false
  const verify = () => verifySolution({ ...shownTo(needs, challenge), solution: solution ?? NO_SOLUTION })
  const isSolved = solution !== undefined && (await needs.proofLane.run(verify, { network: request.network })).verified
  if (!isSolved && !(isWaited && (await mayWait(needs, request.network)))) return false
  needs.metrics.count('passerelle_challenges_total', { outcome: isSolved ? 'solved' : 'waited' })
  return true
}

/** For which no key is derived: there is none that could be compared. */
const NO_SOLUTION = { counter: -1, derivedKey: '' }

type Challenge = z.infer<typeof asMade>

const shownTo = (needs: ChallengeNeeds, challenge: Challenge) =>
  ({ challenge, deriveKey, hmacSignatureSecret: secretOf(needs) }) as const

/** Whether we have made it. */
const isSigned = async (needs: ChallengeNeeds, challenge: Challenge): Promise<boolean> =>
  (await verifySolution({ ...shownTo(needs, challenge), solution: NO_SOLUTION })).invalidSignature === false

/** True for one caller. */
function spend({ db, clock }: ChallengeNeeds, { parameters: { nonce } }: Challenge): Promise<boolean> {
  const now = clock.now()
  return takeOnce(db, nonce, now, after(now, CHALLENGE_LIVES))
}

/**
 * Whether half a minute is proof enough. There is no limit over all, which a few could use up for everybody: who has many wide
 * networks can have the work done as well.
 */
async function mayWait({ db, clock, figures: { limits } }: ChallengeNeeds, network: string): Promise<boolean> {
  const site = counterKey('waits-site', siteOf(network))
  const wide = counterKey('waits-wide-network', wideNetworkOf(network))
  const now = clock.now()
  const shares = { own: [site], shared: [wide], of: [site], share: limits['waits-site'] }
  const { counts, counted } = await again(() => countShared(db, shares, now, after(now, windowOf('waits-site'))))
  return counted.includes(wide) && (counts.get(wide) ?? 0) <= limits['waits-wide-network']
}
