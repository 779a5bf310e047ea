/**
 * How many letters a stranger can have sent to one mailbox. They are counted where the letter is written, in a job, for
 * addresses with and without an account alike: no page knows whether a letter was held back, so none can tell.
 *
 *   room ──► the letter goes
 *   the minute is not over ──► one letter waits for its end; a second one that would wait does not go
 *   the hour or the day is full ──► no letter
 *
 * The last room of an hour and of a day is kept for a link to reset the password, which then works for a day. So while
 * no letter may go to an address, one that works is in the mailbox: nobody keeps its owner out by asking for letters.
 */
import { after, before, type Clock, days, hours, minutes } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Message, Outbox } from '../../platform/outbox/outbox.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { type Caps, forgetLetters, holdOne, sentTo, takeRoom } from './letter-store.ts'

export type Needs = { clock: Clock; keyring: Keyring; outbox: Outbox; figures: { letters: Caps } }

/** `browser`: the mark of one in which the owner of the mailbox has signed in, which is no stranger's: it counts apart. */
export type To = { address: EmailKey; browser?: string | undefined; resets?: true }
/** `last`: there is none left of the hour or of the day. */
export type Room = { last: boolean }

const markOf = ({ keyring }: Pick<Needs, 'keyring'>, { address, browser = '' }: To): string =>
  keyring.mark([address, browser].join(' ').trim(), 'letters')

/** Whether a letter may be written now, where there is none that could wait. */
export const mayWriteNow = async (needs: Pick<Needs, 'clock' | 'keyring' | 'figures'>, tx: Tx, to: To) =>
  (await takeRoom(tx, markOf(needs, to), needs.clock.now(), strangersCaps(needs))) !== undefined

/** All but the room that is kept for a link to reset the password. */
const strangersCaps = ({ figures: { letters } }: Pick<Needs, 'figures'>): Caps => ({
  minute: letters.minute,
  hour: letters.hour - 1,
  day: letters.day - 1,
})

/**
 * Whether the letter of a job may be written now. Where it only has to wait for the end of the minute, the job is posted
 * again for then: it writes what is newest at that time. Exact on however many processes: `takeRoom` has the last word.
 */
export async function mayWrite(needs: Needs, tx: Tx, to: To, job: Message): Promise<Room | undefined> {
  const { clock, outbox, figures } = needs
  const mark = markOf(needs, to)
  const now = clock.now()
  const { hour, day } = figures.letters
  const caps = to.resets ? figures.letters : strangersCaps(needs)
  const sent = await takeRoom(tx, mark, now, caps)
  if (sent) return { last: sent.hour >= hour || sent.day >= day }
  const until = freeAt(await sentTo(tx, mark), now, caps)
  if (until && (await holdOne(tx, mark, now, until))) await outbox.post(tx, { ...job, notBefore: until })
  return undefined
}

/** The end of the minute that is full; undefined where the hour or the day is. */
function freeAt(sent: readonly Date[], now: Date, caps: Caps): Date | undefined {
  const since = (start: Date): Date[] => sent.filter((at) => at > start)
  if (since(before(now, hours(1))).length >= caps.hour || since(before(now, days(1))).length >= caps.day)
    return undefined
  const [oldest] = since(before(now, minutes(1))).slice(-caps.minute)
  return oldest && after(oldest, minutes(1))
}

/** Somebody has shown that they read the mailbox: what was sent there so far was wanted. */
export const lettersWereWanted = (needs: Pick<Needs, 'keyring'>, tx: Tx, address: EmailKey): Promise<void> =>
  forgetLetters(tx, markOf(needs, { address }))
