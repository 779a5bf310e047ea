/**
 * Passkeys and security keys (WebAuthn Level 3).
 *
 *   a challenge, sealed in the page ──► the authenticator signs it ──► the first request that brings the answer spends it
 *
 * The challenge is not stored: the page carries it, sealed for five minutes, one browser or account and one ceremony.
 */

import type { VerifiedRegistrationResponse, WebAuthnCredential } from '@simplewebauthn/server'
import { type Clock, minutes } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { Writes } from '../../../platform/needs.ts'
import { drawToken, type Random } from '../../../platform/random.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import { readJson } from '../../../platform/text.ts'
import type { Account, AccountId } from '../account/store.ts'
import { spendOnce } from '../one-time/one-time.ts'
import type { PasskeyRow } from './passkey-store.ts'
import { openOffer, sealOffer } from './sealed.ts'

export type Needs = { clock: Clock; random: Random; keyring: Keyring; origin: string }

/** ASVS 5.0 and WebAuthn's own recommendation for how long a person may take. */
const CHALLENGE_LIVES = minutes(5)
/** ES256, EdDSA, RS256 (COSE): what every authenticator has one of. */
const ALGORITHMS = [-7, -8, -257]
/** In code units: one with a chain of certificates, which we do not ask for, has a few thousand. */
const LONGEST_ANSWER = 20_000
/** In bytes: what WebAuthn allows of a credential ID (Level 3, section 4); and more than a key of RSA with 4,096 bits has. */
const [LONGEST_ID, LONGEST_KEY] = [1_023, 800]
/** How a browser may reach an authenticator (WebAuthn Level 3, section 5.8.4, and `cable` from before it). */
const TRANSPORTS: readonly string[] = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'cable', 'internal']

/** `create`: registration, for an account; `prove`: authentication, for a browser. */
export type Ceremony = 'create' | 'prove'
/** `ask`: the options of `navigator.credentials`, as JSON; `sealed`: the challenge, which the form brings back. */
export type WebAuthnOptions = { ask: string; sealed: string }

const rpIdOf = ({ origin }: Pick<Needs, 'origin'>): string => new URL(origin).hostname

function drawChallenge(needs: Needs, ceremony: Ceremony, whom: string) {
  const challenge = drawToken(needs.random)
  return { challenge, sealed: sealOffer(needs, whom, `passkey ${ceremony}`, challenge, CHALLENGE_LIVES) }
}

/** Options to sign in with a passkey: any that the device has for this site, or one of those. */
export function authenticationOptions(
  needs: Needs,
  browser: string,
  among: readonly PasskeyRow[] = [],
  userVerification: Verification = 'required',
): WebAuthnOptions {
  const { challenge, sealed } = drawChallenge(needs, 'prove', browser)
  const allowCredentials = among.map(asKnown)
  return { ask: JSON.stringify({ challenge, rpId: rpIdOf(needs), userVerification, allowCredentials }), sealed }
}

const asKnown = ({ credential_id: id, transports }: PasskeyRow) => ({
  id,
  transports: transports.split(' ').filter(Boolean),
})

/** User verification; where it is `required` the passkey is discoverable too: it signs in with nothing typed. */
export type Verification = 'required' | 'preferred'
/** The person the passkey is for; the account may not exist yet. */
export type PasskeyOwner = Pick<Account, 'id' | 'email' | 'firstName' | 'lastName'>

/** Options for a new one, on a device that has no passkey of the account. */
export function registrationOptions(
  needs: Needs,
  { id, email, firstName, lastName }: PasskeyOwner,
  brand: string,
  known: readonly PasskeyRow[],
  verification: Verification,
): WebAuthnOptions {
  const { challenge, sealed } = drawChallenge(needs, 'create', id)
  const options = {
    challenge,
    rp: { id: rpIdOf(needs), name: brand },
    user: { id: Buffer.from(id).toString('base64url'), name: email, displayName: `${firstName} ${lastName}` },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: verification, userVerification: verification },
    attestation: 'none',
    excludeCredentials: known.map(asKnown),
  }
  return { ask: JSON.stringify(options), sealed }
}

export type WebAuthnResponse = { sealed: string; answer: string }
/** The answer of an authenticator, and its challenge, which is not spent yet. */
export type NewCredential = Omit<PasskeyRow, 'factor_id' | 'account_id' | 'mac'>
type Registration = NewCredential & { challenge: string }
export type VerifiedAssertion = { challenge: string; count: number; userVerified: boolean }

/** A new passkey, if the answer is valid for our challenge. The library is loaded on first use. */
export async function verifyRegistration(
  needs: Needs,
  account: AccountId,
  brought: WebAuthnResponse,
  verification: Verification,
): Promise<Registration | undefined> {
  const challenge = openOffer(needs, account, 'passkey create', brought.sealed)
  const response = parsed(brought.answer)
  if (!challenge || !response) return undefined
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const read = (): Promise<VerifiedRegistrationResponse> =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: needs.origin,
      expectedRPID: rpIdOf(needs),
      requireUserVerification: verification === 'required',
      supportedAlgorithmIDs: ALGORITHMS,
    })
  const verified = await read().catch(() => undefined)
  if (!verified?.verified) return undefined
  const { credential, credentialBackedUp } = verified.registrationInfo
  // Bounded: at sign-up it comes from somebody who has proved nothing.
  const { length } = Buffer.from(credential.id, 'base64url')
  if (length > LONGEST_ID || credential.publicKey.length > LONGEST_KEY) return undefined
  return {
    challenge,
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    sign_count: credential.counter,
    transports: transportsIn(credential.transports),
    backed_up: credentialBackedUp,
  }
}

/** Known transports only: the library does not check them. */
const transportsIn = (given: unknown): string =>
  Array.isArray(given) ? TRANSPORTS.filter((one) => given.includes(one)).join(' ') : ''

/** The credential ID in the answer of an authenticator. */
export const credentialIn = (answer: string): string => parsed(answer)?.id ?? ''

/** The assertion, if this passkey signed our challenge to this browser. */
export async function verifyAuthentication(
  needs: Needs,
  browser: string,
  passkey: PasskeyRow,
  brought: WebAuthnResponse,
): Promise<VerifiedAssertion | undefined> {
  const challenge = openOffer(needs, browser, 'passkey prove', brought.sealed)
  const response = parsed(brought.answer)
  if (!challenge || !response) return undefined
  const credential: WebAuthnCredential = {
    id: passkey.credential_id,
    publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
    counter: 0, // `advanceCount` looks at it, in one statement
  }
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const read = () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: needs.origin,
      expectedRPID: rpIdOf(needs),
      credential,
      requireUserVerification: false,
    })
  const verified = await read().catch(() => undefined)
  if (!verified?.verified) return undefined
  const { newCounter: count, userVerified } = verified.authenticationInfo
  return { challenge, count, userVerified }
}

/** Spends the challenge: true for exactly one caller. */
export const spendChallenge = (needs: Writes, tx: Tx, challenge: string): Promise<boolean> =>
  spendOnce(needs, tx, 'passkey', challenge, CHALLENGE_LIVES)

/** An object of a size that a browser sends. The library checks the rest. */
function parsed(answer: string) {
  const found = readJson(answer, LONGEST_ANSWER)
  return typeof found?.id === 'string' && typeof found.response === 'object' ? found : undefined
}
