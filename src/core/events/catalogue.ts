/**
 * Every event there is, once: what is known of it, whether its person sees it, the letter and the products that are told of
 * it. `emit` (emit.ts) says that one happened; the audit log, the activity, the notice and the products follow from this table.
 *
 * A new event is a line here, and a sentence in the activity where its person sees it.
 */
import type { AccountId } from '../model/account/store.ts'
import type { FactorKind } from '../model/factor/kinds.ts'
import type { NoticeFacts } from './notice.ts'
import type { ProductChange } from './product-events.ts'

/**
 * What an event says. `facts` stay in the audit log for ever, so that they tell nothing of a person; `personal` goes with the
 * account; `notice` is what the letter says beside what every notice does; the letter has the name of the event, or `letter`.
 */
type Says = { facts?: object; personal?: object; notice?: object; letter?: string }

export type About<Event extends Says = Says> = {
  /**
   * What anybody may try again and again while nothing changes by it. The history is kept for ever: it is written down the
   * more rarely the more often it happens (attempts.ts), and the person of the account is not who did it.
   */
  attempt?: true
  letter?: Event extends { letter: infer Name } ? Name : string
  /** What products are told that the person uses. Absent, or undefined: nothing. */
  products?(facts: Event extends { facts: infer Facts } ? Facts : object): ProductChange | undefined
}

/** What its person has of it; `says` is there for its type alone. */
const entry =
  <Person extends string>(person: Person) =>
  <Event extends Says = object>(about: About<Event> = {}): About<Event> & { person: Person; says?: Event } => ({
    ...about,
    person,
  })
const hidden = entry('hidden')
/** In their activity. */
const shown = entry('shown')
/** There too, with "It was not me": where it was somebody else, something is to be done. */
const disownable = entry('disownable')

type OfFactor = { facts: { way: FactorKind }; personal: { name: string } }
/** `twoStep`: what two-step verification was turned by it. */
type FactorChanged = OfFactor & { notice: { way: FactorKind; twoStep?: 'on' | 'off' | undefined } }
/** `staysHere`: a session stays. `first`: there was none before. `waysChanged`: lately, and they stay. */
type PasswordChanged = { notice: { staysHere: boolean; first: boolean; waysChanged: boolean } }
type Noticed = { notice: object }
type OfRequest = { facts: { reference: string } }
type OfProduct = { facts: { product: string } }
type ProductChanged = { change: 'secret' } | { change: 'second-step'; required: boolean; graceDays?: number }
/** Of a session or browser that was another one. */
type OfBrowser = { personal: { network: string; userAgent: string } }
type NameChanged = { facts: { changed: ('firstName' | 'lastName' | 'language')[] } }
/** By an operator, until taken back; or after so many wrong passwords. `until`: ISO 8601, null where the password is off. */
type Blocked = { facts: { by: 'operator' } | { failures: number; until: string | null } }
type Closing = { facts: { closesAt: string; by?: 'operator' }; notice: { closesAt: string; link: string } }

export const catalogue = {
  'account-created': shown(),
  'signed-in': disownable(),
  'sign-in-refused': shown({ attempt: true }),
  /** `rule`: the one that asked for more; `personal`: what it counted. */
  'sign-in-doubted': disownable<{ facts: { rule: string }; personal: Readonly<Record<string, string | number>> }>({
    attempt: true,
  }),
  'signed-out': shown(),
  'password-reset-asked': shown({ attempt: true }),
  'password-reset': disownable<PasswordChanged & { letter: 'password-changed' }>({
    letter: 'password-changed',
    products: () => ({ kind: 'password-changed' }),
  }),
  'password-changed': disownable<PasswordChanged>({ products: () => ({ kind: 'password-changed' }) }),
  'account-blocked': shown<Blocked>({
    products: (facts) => ('by' in facts ? { kind: 'account-blocked' } : undefined),
  }),
  'account-unblocked': disownable<{ facts: { by?: 'operator' } }>({
    products: ({ by }) => (by ? { kind: 'account-unblocked' } : undefined),
  }),
  'not-me': shown(),
  'profile-changed': disownable<NameChanged>({
    // Without the name itself: a product that may see it asks for it (scope `profile`).
    products: ({ changed }) => (changed.some((part) => part !== 'language') ? { kind: 'name-changed' } : undefined),
  }),
  'email-change-asked': disownable(),
  'email-changed': disownable<Noticed>({ products: () => ({ kind: 'address-changed' }) }),
  'email-change-undone': disownable<Noticed>({ products: () => ({ kind: 'address-changed' }) }),
  'second-step-refused': disownable<Noticed>({ attempt: true }),
  'browser-copied': disownable<Noticed>(),
  'passkey-doubted': disownable({ attempt: true }),
  /** `make`: the page that makes new ones, where few are left. */
  'recovery-code-used': disownable<{ notice: { left: number; make?: string } }>(),
  /** `first`: there were none before. */
  'recovery-codes-made': disownable<{ notice: { first: boolean } }>(),
  'factor-added': disownable<FactorChanged>(),
  'factor-renamed': shown<FactorChanged>(),
  'factor-removed': disownable<FactorChanged>(),
  'two-step-on': disownable<Noticed>(),
  'two-step-off': disownable<Noticed>(),
  'support-asked': disownable<OfRequest & { notice: { reference: string } }>(),
  'support-withdrawn': shown<OfRequest>(),
  'support-read': shown<{ facts: { reference: string; by: 'operator' } }>(),
  'support-closed': shown<{ facts: { reference: string; by: 'operator' } }>(),
  'session-ended': shown<OfBrowser>(),
  'other-sessions-ended': shown<{ facts: { sessions: number } } & Noticed>(),
  'browser-forgotten': shown<OfBrowser>(),
  'consent-given': disownable<{ facts: { product: string; scopes: readonly string[] } }>(),
  /** In the notice, `product` is its name. */
  'access-removed': shown<OfProduct & { notice: { product: string } }>(),
  'data-exported': disownable<Noticed>({ attempt: true }),
  'account-closing': disownable<Closing>({
    products: ({ closesAt }) => ({ kind: 'account-closing', facts: { closesAt } }),
  }),
  'account-kept': shown<{ facts: { by?: 'operator' } } & Noticed>({
    products: () => ({ kind: 'account-kept' }),
  }),

  // Of the operator and the service itself.
  'email-fixed': hidden<{ facts: { by: 'operator' } }>(),
  'email-freed': hidden<{ facts: { by: 'operator' } }>(),
  'account-erased': hidden({ products: () => ({ kind: 'account-erased' }) }),
  'staff-marked': hidden<{ facts: { by: 'operator' } }>(),
  'staff-unmarked': hidden<{ facts: { by: 'operator' } }>(),
  /** Somebody read what is known of the account. */
  'account-read': hidden(),
  'accounts-imported': hidden<{ facts: { count: number; first: string } }>(),
  'accounts-exported': hidden<{ facts: { count: number; first: string; last: string } }>(),
  'policy-changed': hidden<{ facts: object }>(),
  'product-added': hidden<OfProduct>(),
  'product-changed': hidden<OfProduct & { facts: ProductChanged }>(),
  'product-removed': hidden<OfProduct>(),
  'keys-rotated': hidden(),
}

type Catalogue = typeof catalogue
export type EventKind = keyof Catalogue
type SaysOf<Kind extends EventKind> = Catalogue[Kind] extends { says?: infer Event } ? NonNullable<Event> : never
type KindsWith<Part> = { [Kind in EventKind]: SaysOf<Kind> extends Part ? Kind : never }[EventKind]

const isKind = (name: string): name is EventKind => Object.hasOwn(catalogue, name)
export const kinds: readonly EventKind[] = Object.keys(catalogue).filter(isKind)
export type ShownKind = { [Kind in EventKind]: Catalogue[Kind]['person'] extends 'hidden' ? never : Kind }[EventKind]
export const isShown = (kind: EventKind): kind is ShownKind => catalogue[kind].person !== 'hidden'

/** One that happened. `notice`: null where the mailbox is not told of it this time. */
export type Event = {
  [Kind in EventKind]: { kind: Kind; account: AccountId | null } & Omit<SaysOf<Kind>, 'notice' | 'letter'> &
    (SaysOf<Kind> extends { notice: infer Notice } ? { notice: Notice | null } : object)
}[EventKind]

type Notices = {
  [Kind in Exclude<KindsWith<{ notice: object }>, KindsWith<{ letter: string }>>]: NoticeFacts &
    (SaysOf<Kind> extends { notice: infer Notice } ? Notice : never)
}
declare module '../../platform/outbox/outbox.ts' {
  interface Letters extends Notices {}
}
