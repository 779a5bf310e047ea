/** Carries the rows of the outbox out: takes what is due, hands it to who can, writes down what came of it. */
import { after, between, type Clock, type Duration, days, hours, seconds } from '../clock.ts'
import type { Db } from '../database/db.ts'
import { defaultLanguage, type Language } from '../languages/languages.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../log/metrics.ts'
import { withoutPeople } from '../plain-text.ts'
import type { Random } from '../random.ts'
import type { Keyring } from '../secrets/keyring.ts'
import type { Topic } from './outbox.ts'
import { sealedFor } from './post.ts'
import { completeMessage, giveBack, type OutboxRow, retryAt, takeDue } from './store.ts'

/** Every carrier ends within so long, whatever the other side does. */
export const CARRYING_TAKES_AT_MOST = seconds(50)
/** What was taken later than this is not begun: its lease could end before the carrier does. */
const TAKING_TAKES_AT_MOST = seconds(10)
/** Taking, carrying, and the longest statement that may write down what came of it. */
const LEASE = seconds(90)
/** Of one lane: the mails, the texts, the calls, the jobs, the logout tokens of one product. No lane waits for another. */
const AT_ONCE = 16
const FIRST_PAUSE = seconds(15)
const LONGEST_PAUSE = hours(4)
const GIVE_UP_AFTER = days(3)
const IDLE_PAUSE = seconds(1)

export type Posted = {
  id: string
  name: string
  to: string
  language: Language
  /** JSON, as it was posted. */
  facts: string
  madeAt: Date
}
/**
 * Carries out one message and answers what the other side said, within CARRYING_TAKES_AT_MOST. Runs at least once: it
 * must bear a second time.
 */
export type Carrier = (message: Posted) => Promise<string>

/** Thrown by a carrier when trying again would change nothing: the other side refused for good. */
export class RefusedForGood extends Error {}

export type Needs = { db: Db; clock: Clock; random: Random; keyring: Keyring; log: Log; metrics: Metrics }
export type Dispatcher = {
  start(): void
  nudge(): void
  /** Carries out all that is due now; for tests and for an orderly end of a command. */
  drain(): Promise<void>
  /** Lets what is under way end within `patience`; what has not ended by then goes back and is tried again. */
  stop(patience: Duration): Promise<void>
}

/** How long to wait after the nth attempt: 15 s, doubling, to 4 h, give or take a fifth so that queues spread. */
export function pauseAfter(attempts: number, random: Random): Duration {
  const pause = Math.min(FIRST_PAUSE.ms * 2 ** (attempts - 1), LONGEST_PAUSE.ms)
  const jitter = 0.8 + (random.bytes(1).readUInt8() / 255) * 0.4
  return { ms: Math.round(pause * jitter) }
}

/** What is being carried, by the id of the message. */
type UnderWay = Map<string, { lane: string; ended: Promise<void> }>

export function makeDispatcher(needs: Needs, carriers: Record<Topic, Carrier>): Dispatcher {
  const { db, clock, log } = needs
  const underWay: UnderWay = new Map()
  let taking: Promise<number> | undefined
  let timer: NodeJS.Timeout | undefined
  let running = false
  let nudged = false

  const take = (): Promise<number> => {
    taking ??= begin(needs, carriers, underWay, nudge).finally(() => {
      taking = undefined
    })
    return taking
  }
  const wake = async (): Promise<void> => {
    nudged = false
    await take().catch((error: unknown) => log.error({ err: error }, 'the outbox could not be read'))
    clearTimeout(timer)
    if (running) timer = setTimeout(() => void wake(), nudged ? 0 : IDLE_PAUSE.ms)
  }
  const nudge = (): void => {
    nudged = true
    if (running && !taking) void wake()
  }
  const allEnded = () => Promise.all([...underWay.values()].map(({ ended }) => ended))
  return {
    start() {
      running = true
      void wake()
    },
    nudge,
    async drain() {
      while ((await take()) > 0 || underWay.size > 0) await allEnded()
    },
    async stop(patience) {
      running = false
      clearTimeout(timer)
      let giveUp: NodeJS.Timeout | undefined
      const late = new Promise((resolve) => {
        giveUp = setTimeout(resolve, patience.ms)
      })
      await Promise.race([taking?.catch(() => 0).then(allEnded) ?? allEnded(), late])
      clearTimeout(giveUp)
      await giveBack(db, [...underWay.keys()], clock.now())
    },
  }
}

/** Takes what is due as far as the lanes have room, and begins to carry it; answers how many messages that were. */
async function begin(needs: Needs, carriers: Record<Topic, Carrier>, underWay: UnderWay, roomAgain: () => void) {
  const { db, clock, log } = needs
  const busyIn = (lane: string): number => [...underWay.values()].filter((it) => it.lane === lane).length
  const busy = Object.fromEntries([...underWay.values()].map(({ lane }) => [lane, busyIn(lane)]))
  const asked = clock.now()
  const rows = await takeDue(db, asked, LEASE, AT_ONCE, busy)
  if (between(asked, clock.now()).ms > TAKING_TAKES_AT_MOST.ms) return 0
  for (const row of rows.filter(({ id }) => !underWay.has(id))) {
    const ended = carryOut(needs, carriers, row)
      .catch((error: unknown) => log.error({ err: error, message: row.id }, 'the outbox could not be written'))
      .finally(() => {
        const wasFull = busyIn(row.lane) >= AT_ONCE
        underWay.delete(row.id)
        if (wasFull) roomAgain()
      })
    underWay.set(row.id, { lane: row.lane, ended })
  }
  return rows.length
}

/** Why it has not left before it was useless is in the last answer, if it was ever tried. */
const uselessAfter = ({ last_answer: last }: OutboxRow): string =>
  last === null ? 'no longer useful' : `no longer useful; before: ${last}`

async function complete({ db, clock, metrics }: Needs, row: OutboxRow, outcome: 'done' | 'dead', answer: string) {
  await completeMessage(db, row, outcome, answer, clock.now())
  metrics.count('passerelle_outbox_total', { topic: row.topic, outcome })
}

async function carryOut(needs: Needs, carriers: Record<Topic, Carrier>, row: OutboxRow) {
  const { db, clock, random, keyring, log } = needs
  const now = clock.now()
  const about = { message: row.id, topic: row.topic, name: row.name, attempt: row.attempts }
  if (row.useless_at && row.useless_at <= now) return complete(needs, row, 'dead', uselessAfter(row))
  try {
    const facts = keyring.open(row.sealed_facts ?? '', sealedFor(row.id))
    const { id, name, recipient, language, made_at } = row
    const posted = { id, name, facts, to: recipient ?? '', language: language ?? defaultLanguage, madeAt: made_at }
    const answer = await carriers[row.topic](posted)
    await complete(needs, row, 'done', answer)
    log.info(about, 'carried out')
  } catch (error) {
    const answer = error instanceof Error ? error.message : String(error)
    const late = between(row.made_at, now).ms > GIVE_UP_AFTER.ms
    log.warn(
      { ...about, answer: withoutPeople(answer) },
      error instanceof RefusedForGood ? 'refused for good' : 'will be tried again',
    )
    if (late || error instanceof RefusedForGood) return complete(needs, row, 'dead', answer)
    return retryAt(db, row, after(clock.now(), pauseAfter(row.attempts, random)), answer)
  }
}
