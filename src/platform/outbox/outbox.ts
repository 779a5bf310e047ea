/**
 * What leaves the service is first a row, written in the transaction of the change that causes it: if the change
 * is rolled back nothing leaves, if the process dies nothing is lost. The dispatcher carries rows out afterwards.
 */
import type { Duration } from '../clock.ts'
import type { Tx } from '../database/db.ts'
import type { Language } from '../languages/languages.ts'

/**
 * The facts of every message, by its name: of each letter, each text or call, each job, and of what each product is sent.
 * The module that posts one declares it, as stores declare their tables. They are kept as JSON: a time is ISO 8601.
 *
 *     declare module '../../platform/outbox/outbox.ts' {
 *       interface Letters { 'address-dropped': { brand: Brand } }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: who posts fills it in by declaration merging
export interface Letters {}
// biome-ignore lint/suspicious/noEmptyInterface: the same
export interface PhoneMessages {}
// biome-ignore lint/suspicious/noEmptyInterface: the same
export interface Jobs {}
// biome-ignore lint/suspicious/noEmptyInterface: the same, by the id of the product
export interface LogoutTokens {}

/** Where a message goes: to an address, to a number, read or spoken, to the service itself, to a product. */
type Topics = { mail: Letters; sms: PhoneMessages; voice: PhoneMessages; job: Jobs; logout: LogoutTokens }
export type Topic = keyof Topics

/** The name of a message of a topic, with its facts. */
export type Said<To extends Topic> = {
  [Name in keyof Topics[To]]: { name: Name; facts: Topics[To][Name] }
}[keyof Topics[To]]

/** Who does something with the facts of each message of a topic; what else they are given comes before the facts. */
export type Readers<To extends Topic, Before extends unknown[], Result> = {
  readonly [Name in keyof Topics[To]]: (...given: [...before: Before, facts: Topics[To][Name]]) => Result
}

export type Message<To extends Topic = Topic> = { [Each in To]: { topic: Each } & Said<Each> }[To] & Envelope

type Envelope = {
  /** Of which account it tells: it is exported and erased with that account, even if the recipient is also another account's. Null: no account. */
  account: string | null
  /** The account has yet to prove that the recipient is its own: until then it goes with the account, and is not shown. */
  unproved?: true
  to?: string
  language?: Language
  /** By which its delivery state can be found again. */
  reference?: string
  /** After this long it would only confuse: it is not sent any more. */
  usefulFor?: Duration
  /** It waits until then. */
  notBefore?: Date
}

export type Outbox = { post(tx: Tx, message: Message): Promise<void> }

/**
 * Hands the facts of a message to its reader, as they were posted.
 * @throws where nobody reads messages of the name: a version that did has gone
 */
export function read<To extends Topic, Before extends unknown[], Result>(
  readers: Readers<To, Before, Result>,
  { name, facts }: { name: string; facts: string },
  ...before: Before
): Result {
  if (!isOwnKey(readers, name)) throw new Error(`nobody reads messages with the name ${name}`)
  return readers[name](...before, JSON.parse(facts))
}

const isOwnKey = <Table extends object>(table: Table, key: PropertyKey): key is keyof Table => Object.hasOwn(table, key)
