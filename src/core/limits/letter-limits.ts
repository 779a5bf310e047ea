/**
 * How many letters a stranger can have sent to one mailbox. They are counted where the letter is written, in a job, for
 * addresses with and without an account alike: no page knows whether a letter was held back, so none can tell.
 *
 *   some left ──► the letter goes
 *   the minute is not over ──► one letter waits for its end; a second one that would wait does not go
 *   the hour or the day is full ──► the reserve of its kind ──► no letter
 *
 * One letter a day is reserved for a link to reset the password, and one for a code. What they bring works for a day, no matter who
 * asked for it (letter-code.ts): so while no letter may go to an address, one that works is in the mailbox, and nobody keeps
 * its owner out by asking for letters.
 */
import { after, before, type Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Message, Outbox } from '../../platform/outbox/outbox.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../model/account/email.ts'
import { windowOf } from './counters/limits.ts'
import { forgetLetters, holdOne, type Kind, type MailLimits, sentTo, takeMailQuota } from './letter-limits-store.ts'

export type LetterNeeds = { clock: Clock; keyring: Keyring; outbox: Outbox; figures: { limits: MailLimits } }

/** `browser`: the mark of one in which the owner of the mailbox has signed in, which is no stranger's: it counts apart. */
export type To = { address: EmailKey; browser?: string | undefined; kind: Kind }
/** `isReserve`: it is the one that is kept for its kind. */
export type MailQuota = { isReserve: boolean }

const markOf = ({ keyring }: Pick<LetterNeeds, 'keyring'>, { address, browser = '' }: Omit<To, 'kind'>): string =>
  keyring.mark([address, browser].join(' ').trim(), 'letters')

/** The quota for a letter now, where there is none that could wait. */
export const reserveMailQuotaNow = (
  needs: Pick<LetterNeeds, 'clock' | 'keyring' | 'figures'>,
  tx: Tx,
  to: To,
): Promise<MailQuota | undefined> =>
  takeMailQuota(tx, markOf(needs, to), to.kind, needs.clock.now(), needs.figures.limits)

/**
 * The quota for the letter of a job, if it may be written now. Where it has to wait for the end of the minute, the job is posted
 * again for then: it writes what is newest at that time. Exact on however many processes: `takeMailQuota` has the last word.
 */
export async function reserveMailQuota(
  needs: LetterNeeds,
  tx: Tx,
  to: To,
  job: Message,
): Promise<MailQuota | undefined> {
  const { clock, outbox, figures } = needs
  const mark = markOf(needs, to)
  const now = clock.now()
  const quota = await reserveMailQuotaNow(needs, tx, to)
  if (quota) return quota
  const until = endOfMinute(await sentTo(tx, mark), now, figures.limits)
  if (until && (await holdOne(tx, mark, now, until))) await outbox.post(tx, { ...job, notBefore: until })
  return undefined
}

/** When the minute that is full ends. */
function endOfMinute(sent: readonly Date[], now: Date, limits: MailLimits): Date | undefined {
  const minute = windowOf('letters-minute')
  const inMinute = sent.filter((at) => at > before(now, minute))
  const first = inMinute.at(-limits['letters-minute'])
  return first && after(first, minute)
}

export const forgetLettersTo = (needs: Pick<LetterNeeds, 'keyring'>, tx: Tx, address: EmailKey): Promise<void> =>
  forgetLetters(tx, markOf(needs, { address }))
