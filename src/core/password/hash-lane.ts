/** Password hashes take a processor and 19 MiB each: so many at once, so many waiting, the rest come back later. */

/** Too many are waiting: answered with 503 and Retry-After. */
export class Busy extends Error {
  constructor() {
    super('too many sign-ins wait already')
  }
}

export type HashLane = {
  run<Result>(work: () => Promise<Result>): Promise<Result>
  waiting(): number
}

/** At most `width` at once and `queue` waiting. @throws {Busy} when the queue is full */
export function makeHashLane(width: number, queue: number): HashLane {
  const line: (() => void)[] = []
  let active = 0
  return {
    waiting: () => line.length,
    async run(work) {
      if (active >= width) {
        if (line.length >= queue) throw new Busy()
        await new Promise<void>((resolve) => line.push(resolve))
      } else active++
      try {
        return await work()
      } finally {
        const next = line.shift()
        if (next) next()
        else active--
      }
    },
  }
}
