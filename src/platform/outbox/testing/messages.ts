/** Messages of three topics, and dispatchers that hand them to one carrier. */
import type { AccountId } from '../../../core/model/account/store.ts'
import type { TestWorld } from '../../../testing/world.ts'
import { type Duration, hours, seconds } from '../../clock.ts'
import { transact } from '../../database/db.ts'
import { type Carrier, makeDispatcher } from '../dispatcher.ts'
import type { Message } from '../outbox.ts'

export const SECRET = 'a code that nobody must read: 482913'

export type Sending = { usefulFor?: Duration; to?: string }
export const letter = ({ usefulFor = hours(1), to = 'a@x.ca' }: Sending = {}): Message => ({
  topic: 'mail',
  name: 'address-dropped',
  account: null,
  to,
  facts: { brand: { name: SECRET } },
  reference: 'r',
  usefulFor,
})
export const logout = (product: string): Message => ({
  topic: 'logout',
  name: product,
  account: null,
  facts: { sub: 'acc_1' as AccountId },
  usefulFor: hours(1),
})
export const job: Message = {
  topic: 'job',
  name: 'older-way-asked',
  account: null,
  facts: { account: 'acc_1' as AccountId, since: '' },
  usefulFor: hours(1),
}

export const post = (world: TestWorld, message = letter()) => transact(world.db, (tx) => world.outbox.post(tx, message))
export const carriersOf = (carrier: Carrier) => ({
  mail: carrier,
  sms: carrier,
  voice: carrier,
  job: carrier,
  logout: carrier,
})
export const dispatcherOf = (world: TestWorld, carrier: Carrier) => makeDispatcher(world, carriersOf(carrier))

/** A dispatcher that runs, and what it has begun to carry, by its recipient or its name; `until` waits for so many of them. */
export function running(world: TestWorld, answers: (whose: string) => Promise<string>) {
  const begun: string[] = []
  let look = (): void => {}
  const carrier: Carrier = ({ to, name }) => {
    const whose = to || name
    begun.push(whose)
    look()
    return answers(whose)
  }
  const dispatcher = dispatcherOf(world, carrier)
  const until = (names: readonly string[]) =>
    new Promise<void>((resolve) => {
      look = () => names.every((name) => begun.includes(name)) && resolve()
      look()
    })
  dispatcher.start()
  return { begun, until, stop: () => dispatcher.stop(seconds(0.01)) }
}
export const never = new Promise<string>(() => {})
