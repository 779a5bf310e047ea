/**
 * Password hashes take a processor and 19 MiB each: so many at once, so many waiting, the rest come back later. Those who
 * wait are served in turn (round robin): one that brings many waits for its own, and nobody else waits longer for that
 * than for one (round robin). Where the queue is full, the longest line is shortened for who has a shorter one.
 *
 * Strangers may have as many networks as there is room in the queue. So accounts and networks are served in turn too, and each
 * account has room for one before networks have any: an owner in a browser that the account trusts never pays for strangers.
 * Nor for those who have made as many accounts as there is room: where accounts alone wait, the one that had most of the last
 * turns makes room for who had fewer.
 */

/** Too many are waiting: answered with 503 and Retry-After. */
export class Busy extends Error {
  constructor() {
    super('too many sign-ins wait already')
  }
}

/** Whose turn a hash takes; an account only where a browser that it trusts, a session or a link of its mailbox speaks for it. */
export type ForWhom = { account: string } | { network: string }

export type HashLane = {
  /** Without `forWhom`: for the service itself. @throws {Busy} */
  run<Result>(work: () => Promise<Result>, forWhom?: ForWhom): Promise<Result>
  waiting(): number
}

/** How many past turns are remembered for each place in the queue. */
const REMEMBERED = 10

type Waiting = { go(): void; refuse(error: Busy): void }
/** Round robin: a key that was served goes to the end. */
type Lines = Map<string, Waiting[]>

/** At most `width` at once and `queue` waiting. */
export function makeHashLane(width: number, queue: number): HashLane {
  const accounts: Lines = new Map()
  const networks: Lines = new Map()
  const turns = lastTurns(queue * REMEMBERED)
  let active = 0
  let waiting = 0
  let served = networks

  /** An empty line is none. */
  function takeFrom(lines: Lines, whom: string, take: (line: Waiting[]) => Waiting | undefined): Waiting | undefined {
    const line = lines.get(whom) ?? []
    const taken = take(line)
    if (taken) waiting--
    if (line.length === 0) lines.delete(whom)
    return taken
  }

  function next(): Waiting | undefined {
    const turn = served === accounts ? networks : accounts
    served = turn.size > 0 ? turn : served
    const [[whom, line] = []] = served
    if (whom === undefined || !line) return undefined
    served.delete(whom)
    served.set(whom, line)
    return takeFrom(served, whom, () => line.shift())
  }

  function makeRoom(coming: Coming): void {
    if (waiting < queue) return
    const toGo = whoMakesRoom(accounts, networks, coming, turns.of)
    if (!toGo) throw new Busy()
    takeFrom(toGo.lines, toGo.whom, (line) => line.pop())?.refuse(new Busy())
  }

  function wait(forWhom: ForWhom): Promise<void> {
    const isAccount = 'account' in forWhom
    const [lines, whom] = isAccount ? [accounts, forWhom.account] : [networks, forWhom.network]
    makeRoom({ whom, isAccount, own: lines.get(whom)?.length ?? 0 })
    const line = lines.get(whom) ?? []
    lines.set(whom, line)
    waiting++
    return new Promise((go, refuse) => line.push({ go, refuse }))
  }

  return {
    waiting: () => waiting,
    async run(work, forWhom = { account: '' }) {
      if (active >= width) await wait(forWhom)
      else active++
      if ('account' in forWhom && forWhom.account !== '') turns.add(forWhom.account)
      try {
        return await work()
      } finally {
        const first = next()
        if (first) first.go()
        else active--
      }
    },
  }
}

/** `own`: how many of theirs wait already. */
type Coming = { whom: string; isAccount: boolean; own: number }

/**
 * The longest line, if it is longer than this one will be; for the only one of an account that of a network, else that of an
 * account which had more of the last turns.
 */
function whoMakesRoom(accounts: Lines, networks: Lines, { whom, isAccount, own }: Coming, turnsOf: TurnsOf) {
  const [first] = longest(accounts, networks)
  if (first && first.line.length > own + 1) return first
  if (!isAccount || own > 0) return undefined
  const [network] = longest(networks)
  if (network) return network
  const [busiest] = longest(accounts).sort((a, b) => turnsOf(b.whom) - turnsOf(a.whom))
  return busiest && turnsOf(busiest.whom) > turnsOf(whom) + 1 ? busiest : undefined
}
type TurnsOf = (account: string) => number

/** How many of the last turns an account had, of so many in all. */
function lastTurns(most: number) {
  const last: string[] = []
  const counts = new Map<string, number>()
  const of: TurnsOf = (account) => counts.get(account) ?? 0
  return {
    of,
    add(account: string): void {
      last.push(account)
      counts.set(account, of(account) + 1)
      const first = last.length > most ? last.shift() : undefined
      if (first === undefined) return
      if (of(first) === 1) counts.delete(first)
      else counts.set(first, of(first) - 1)
    },
  }
}

/** The longest line first. */
const longest = (...all: Lines[]) =>
  all
    .flatMap((lines) => [...lines].map(([whom, line]) => ({ lines, whom, line })))
    .sort((a, b) => b.line.length - a.line.length)
