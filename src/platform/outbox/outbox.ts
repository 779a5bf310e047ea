/**
 * What leaves the service is first a row, written in the transaction of the change that causes it: if the change
 * is rolled back nothing leaves, if the process dies nothing is lost. The dispatcher carries rows out afterwards.
 */
import { after, type Clock, type Duration } from '../clock.ts'
import { onCommit, type Tx } from '../database/db.ts'
import type { Language } from '../languages/languages.ts'
import { drawId, type Random } from '../random.ts'
import type { Keyring } from '../secrets/keyring.ts'
import { insertMessage } from './store.ts'

/** Where a message goes: to an address, to a number, read or spoken, to the service itself, to a product. */
export type Topic = 'mail' | 'sms' | 'voice' | 'job' | 'logout'

export type Message = {
  topic: Topic
  /** The template of the letter, the text or the call, the job's name, the product. */
  name: string
  /** Of which account it tells: it is read and erased with that one, whoever else has the recipient. Null for none's. */
  account: string | null
  /** The account has yet to prove that the recipient is its own: until then it goes with the account, and is not shown. */
  unproved?: true
  facts: object
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

export type Needs = { clock: Clock; random: Random; keyring: Keyring }

export const makeOutbox = ({ clock, random, keyring }: Needs, nudge: () => void): Outbox => ({
  async post(tx, message) {
    const due = message.notBefore ?? clock.now()
    const id = drawId('msg', random, clock)
    await insertMessage(tx, {
      id,
      topic: message.topic,
      name: message.name,
      account_id: message.account,
      unproved: message.unproved ?? false,
      recipient: message.to ?? null,
      language: message.language ?? null,
      reference: message.reference ?? null,
      sealed_facts: keyring.seal(JSON.stringify(message.facts), sealedFor(id)),
      useless_at: message.usefulFor ? after(due, message.usefulFor) : null,
      due_at: due,
      made_at: due, // what waits for its time is neither late nor a part of the backlog before it
    })
    onCommit(tx, nudge)
  },
})

/** The context a message's facts are sealed with: they open in their own row only. */
export const sealedFor = (id: string): string => `outbox:${id}`
