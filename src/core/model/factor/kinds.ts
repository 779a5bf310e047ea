/**
 * Every kind of factor, with all that the code asks of a kind; `npm run rules` sees a second list. A new kind is a row here, its
 * sentences in texts.ts, how it is proved in operations/factor/prove-second-factor.ts, and a slice that sets it up.
 */
import { urls } from '../../../urls.ts'

type Kind = {
  /** What proves it: a time-based code (RFC 6238), WebAuthn, a code that we send, one of a printed set. */
  proof: 'totp' | 'webauthn' | 'sent-code' | 'recovery-code'
  /** What carries the code that we send. */
  channel?: 'sms' | 'voice' | 'mail'
  /** The authentication methods that it adds to a session (RFC 8176): none, and it is no second factor. */
  amr: readonly string[]
  /** It signs in without a password. */
  alone?: boolean
  /** It is usually lost with the phone, as are the kinds whose codes go to the number used last (operations/factor/without-phone.ts). */
  onPhone?: boolean
  /** It replaces the second factors on our own pages as long as all of them are new. */
  standsIn?: boolean
  /** How many a person may have: more than anybody needs; of apps, few enough that guessing gets no easier. */
  most?: number
  /** The page that sets one up. */
  setUp?: string
}

/** In the order in which pages offer them. */
const kinds = {
  passkey: { proof: 'webauthn', amr: ['pop', 'mfa'], alone: true, most: 20, setUp: urls.newPasskey },
  app: { proof: 'totp', amr: ['otp', 'mfa'], onPhone: true, most: 5, setUp: urls.newApp },
  text: { proof: 'sent-code', channel: 'sms', amr: ['sms', 'mfa'], most: 5, setUp: urls.newText },
  voice: { proof: 'sent-code', channel: 'voice', amr: ['tel', 'mfa'], most: 5, setUp: urls.newVoice },
  /** A back-up address: what a mailbox receives proves no more than the mailbox that resets the password. */
  email: { proof: 'sent-code', channel: 'mail', amr: [], most: 2, setUp: urls.newBackUp },
  /** The address of the account itself. */
  mailbox: { proof: 'sent-code', channel: 'mail', amr: [], standsIn: true },
  recovery: { proof: 'recovery-code', amr: ['otp', 'mfa'] },
} as const satisfies Record<string, Kind>

type Kinds = typeof kinds
type KindsWith<Part> = { [Name in keyof Kinds]: Kinds[Name] extends Part ? Name : never }[keyof Kinds]

/** What can be used at the second step. */
export type ProofKind = keyof Kinds
/** What a person can set up: a row of the table `factors`. */
export type FactorKind = KindsWith<{ most: number; setUp: string }>
/** What counts as a second factor beside a password. */
export type SecondFactorKind = Exclude<ProofKind, KindsWith<{ amr: readonly [] }>>
/** Where a code is sent. */
export type SentKind = KindsWith<{ channel: string }>
/** Where a code is sent that the person has set up: a number, or an address. */
export type ContactKind = SentKind & FactorKind

export const factorKinds: { readonly [Name in ProofKind]: Kind & Kinds[Name] } = kinds

const withPages: ReadonlySet<unknown> = new Set(
  Object.entries(kinds).flatMap(([name, kind]) => ('setUp' in kind ? [name] : [])),
)
/** For values from rows and addresses. */
export const isFactorKind = (name: unknown): name is FactorKind => withPages.has(name)

export const isSecondFactor = (kind: ProofKind): kind is SecondFactorKind => factorKinds[kind].amr.length > 0

/** Whether setting one up turns two-step verification on: what does not sign in alone is there to be asked for. */
export const turnsTwoStepOn = (kind: FactorKind): boolean => isSecondFactor(kind) && !factorKinds[kind].alone

export const everyFactorKind: readonly FactorKind[] = Object.keys(kinds).filter(isFactorKind)
export const contactKinds: readonly ContactKind[] = everyFactorKind.filter(
  (kind): kind is ContactKind => factorKinds[kind].channel !== undefined,
)
export const secondFactorKinds: readonly (FactorKind & SecondFactorKind)[] = everyFactorKind.filter(
  (kind): kind is FactorKind & SecondFactorKind => isSecondFactor(kind),
)

export const isSent = <Way extends { kind: ProofKind }>(way: Way): way is Way & { kind: SentKind } =>
  factorKinds[way.kind].channel !== undefined

/** Whether its codes go to a phone number. */
export const isByPhone = (kind: ProofKind): boolean =>
  factorKinds[kind].channel === 'sms' || factorKinds[kind].channel === 'voice'
