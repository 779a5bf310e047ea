/**
 * Password hashes take a processor and 19 MiB each: so many at once, so many waiting, the rest come back later. Those who
 * wait are served in turn, whoever they are: one who brings many waits for them, and nobody else waits longer for that
 * than for one (round robin). Where the queue is full, the longest line is shortened for who has a shorter one.
 */

/** Too many are waiting: answered with 503 and Retry-After. */
export class Busy extends Error {
  constructor() {
    super('too many sign-ins wait already')
  }
}

export type HashLane = {
  /** `forWhom`: whose turn it takes, a network or an account; empty for the service itself. @throws {Busy} */
  run<Result>(work: () => Promise<Result>, forWhom?: string): Promise<Result>
  waiting(): number
}

type Waiting = { go(): void; refuse(error: Busy): void }

/** At most `width` at once and `queue` waiting. */
export function makeHashLane(width: number, queue: number): HashLane {
  // In the order of turns: whoever was served stands at the end again.
  const lines = new Map<string, Waiting[]>()
  let active = 0
  let waiting = 0

  function next(): Waiting | undefined {
    const [[forWhom, line] = []] = lines
    if (forWhom === undefined || !line) return undefined
    const first = line.shift()
    lines.delete(forWhom)
    if (line.length > 0) lines.set(forWhom, line)
    waiting--
    return first
  }

  function makeRoom(own: number): void {
    if (waiting < queue) return
    const longest = [...lines.values()].reduce((a, b) => (b.length > a.length ? b : a), [])
    if (longest.length <= own + 1) throw new Busy()
    longest.pop()?.refuse(new Busy())
    waiting--
  }

  function wait(forWhom: string): Promise<void> {
    const line = lines.get(forWhom) ?? []
    makeRoom(line.length)
    lines.set(forWhom, line)
    waiting++
    return new Promise((go, refuse) => line.push({ go, refuse }))
  }

  return {
    waiting: () => waiting,
    async run(work, forWhom = '') {
      if (active >= width) await wait(forWhom)
      else active++
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
