/**
 * Every event there is, once: what is known of it, whether its person sees it, the letter and the products that are told of
 * it. `emit` (emit.ts) says that one happened; the audit log, the activity, the notice and the products follow from this table.
 *
 * A new event is a line here, and a sentence in the activity where its person sees it.
 */
import type { Actor } from '../../platform/actor.ts'
import type { Duration } from '../../platform/clock.ts'
import type { Language } from '../../platform/languages/languages.ts'
import type { Letters, Said } from '../../platform/outbox/outbox.ts'
import type { Email } from '../model/account/email.ts'
import type { AccountId } from '../model/account/store.ts'
import type { Brand } from '../model/brand/brand.ts'
import type { FactorKind } from '../model/factor/kinds.ts'
import type { Policy } from '../model/password/policy/policy-cache.ts'
import type { Happening, NoticeFacts } from './notice.ts'

/**
 * What an event says. `facts` stay in the audit log for ever, so that they tell nothing of a person; `personal` goes with the
 * account; `notice` is what the letter says beside what every notice does; the letter has the name of the event, or `letter`.
 * `mail`: the name of a letter without "It was not me". `change`: the kind of what products are told.
 */
type Says = { facts?: object; personal?: object; notice?: object; letter?: string; mail?: string; change?: string }

export type About<Event extends Says = Says> = {
  /**
   * What anybody may try again and again while nothing changes by it. The history is kept for ever: it is written down the
   * more rarely the more often it happens (attempts.ts), and the person of the account is not who did it.
   */
  attempt?: true
  letter?: Event extends { letter: infer Name } ? Name : string
  /** What products are told that the person uses, by the facts and the kind of the actor. Absent, or undefined: nothing. */
  products?(
    facts: Event extends { facts: infer Facts } ? Facts : object,
    actor: Actor['kind'],
  ): Told<Event extends { change: infer Kind } ? Kind : never> | undefined
}
/** `facts`: what the change is, as far as every product may know it; never a secret. */
type Told<Kind> = { kind: Kind; facts?: object }

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
type PasswordChanged = {
  change: 'password-changed'
  notice: { staysHere: boolean; first: boolean; waysChanged: boolean }
}
type Noticed = { notice: object }
type AddressChanged = Noticed & { change: 'address-changed' }
/** How many of a page somebody was given, and which ones. */
type Page<Id> = { facts: { count: number; first: Id; last: Id } }
/** Undefined of a page with nothing on it: nobody was given anything. */
export function pageOf<Id>(ids: readonly Id[]): Page<Id>['facts'] | undefined {
  const [first, last] = [ids[0], ids.at(-1)]
  return first === undefined || last === undefined ? undefined : { count: ids.length, first, last }
}
type OfRequest = { facts: { reference: string } }
type OfProduct = { facts: { product: string } }
type ProductChanged = { change: 'secret' } | { change: 'second-step'; required: boolean; graceDays?: number }
/** Of a session or browser that was another one. */
type OfBrowser = { personal: { network: string; userAgent: string } }
type NameChanged = { change: 'name-changed'; facts: { changed: ('firstName' | 'lastName' | 'language')[] } }
/** After so many wrong passwords, or by an operator, until taken back. `until`: ISO 8601, null where the password is off. */
type Blocked = {
  facts: { failures?: number; until?: string | null }
  change: 'account-blocked'
  mail: 'account-blocked' | 'account-held'
}
type Unblocked = { change: 'account-unblocked'; mail: 'account-released' }
type Closing = {
  facts: { closesAt: string }
  change: 'account-closing'
  notice: { closesAt: string; link: string }
}

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
  // Products are told what an operator does; what a stranger can cause at an address, they are not.
  'account-blocked': shown<Blocked>({
    products: (_, actor) => (actor === 'person' ? undefined : { kind: 'account-blocked' }),
  }),
  'account-unblocked': disownable<Unblocked>({
    products: (_, actor) => (actor === 'person' ? undefined : { kind: 'account-unblocked' }),
  }),
  'not-me': shown(),
  'profile-changed': disownable<NameChanged>({
    // Without the name itself: a product that may see it asks for it (scope `profile`).
    products: ({ changed }) => (changed.some((part) => part !== 'language') ? { kind: 'name-changed' } : undefined),
  }),
  'email-change-asked': disownable(),
  'email-changed': disownable<AddressChanged>({ products: () => ({ kind: 'address-changed' }) }),
  'email-change-undone': disownable<AddressChanged>({ products: () => ({ kind: 'address-changed' }) }),
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
  'support-read': shown<OfRequest>(),
  'support-closed': shown<OfRequest>(),
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
  'account-kept': shown<Noticed & { change: 'account-kept' }>({ products: () => ({ kind: 'account-kept' }) }),

  // Of the operator and the service itself.
  'email-fixed': hidden(),
  'email-freed': hidden(),
  'account-erased': hidden<{ change: 'account-erased' }>({ products: () => ({ kind: 'account-erased' }) }),
  'staff-marked': hidden(),
  'staff-unmarked': hidden(),
  /** An operator was given what is known of the account; or of those from `first` to `last`; of requests to support; of events. */
  'account-read': hidden(),
  'accounts-listed': hidden<Page<AccountId>>(),
  'accounts-exported': hidden<Page<AccountId>>(),
  'support-listed': hidden<Page<string>>(),
  /** By their place in the log. */
  'audit-log-read': hidden<Page<number>>(),
  'accounts-imported': hidden<{ facts: { count: number; first: string } }>(),
  'policy-changed': hidden<{ facts: Omit<Policy, 'madeAt'> }>(),
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

/** What products are told: a kind of event, or what several of them come to. */
export type ChangeKind = {
  [Kind in EventKind]: SaysOf<Kind> extends { change: infer Change } ? Change : never
}[EventKind]
export type ProductChange = Told<ChangeKind>

/** A letter, with all it says, and whom it goes to. `usefulFor`: after this long it is not sent any more. */
export type Mail<Name = keyof Letters> = Extract<Said<'mail'>, { name: Name }> & {
  to: Email
  language: Language
  usefulFor?: Duration
}

/** One that happened. `notice`, `mail`: null where the mailbox is not told of it this time. */
export type Event = {
  [Kind in EventKind]: { kind: Kind; account: AccountId | null } & Pick<
    SaysOf<Kind>,
    keyof SaysOf<Kind> & ('facts' | 'personal')
  > &
    (SaysOf<Kind> extends { notice: infer Notice } ? { notice: Notice | null } : object) &
    (SaysOf<Kind> extends { mail: infer Name } ? { mail: Mail<Name> | null } : object)
}[EventKind]

type Notices = {
  [Kind in Exclude<KindsWith<{ notice: object }>, KindsWith<{ letter: string }>>]: NoticeFacts &
    (SaysOf<Kind> extends { notice: infer Notice } ? Notice : never)
}
declare module '../../platform/outbox/outbox.ts' {
  interface Letters extends Notices {
    /** `until`: ISO 8601, or empty where the password is off. */
    'account-blocked': Happening & { brand: Brand; failures: number; until: string; link: string }
    /** `support`: whom to ask; empty where nobody is named. */
    'account-held': { brand: Brand; support: string }
    'account-released': { brand: Brand; support: string }
  }
}
