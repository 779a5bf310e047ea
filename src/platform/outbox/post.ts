/** Posts messages: a row each, in the transaction of the change that causes it. */
import { after, type Clock } from '../clock.ts'
import { onCommit } from '../database/db.ts'
import { drawId, type Random } from '../random.ts'
import type { Keyring } from '../secrets/keyring.ts'
import type { Outbox } from './outbox.ts'
import { insertMessage } from './store.ts'

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
