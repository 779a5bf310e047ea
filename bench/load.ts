/** Callers that repeat something for a while, side by side, and how often they did. */

export type Rate = { count: number; perSecond: number; p50: number; p99: number }

/** Runs `work` with `callers` at once for `seconds`; rates a second, times in milliseconds. */
export async function rateOf(callers: number, seconds: number, work: (caller: number) => Promise<void>): Promise<Rate> {
  const end = performance.now() + seconds * 1_000
  const times: number[] = []
  const began = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        const start = performance.now()
        await work(caller)
        times.push(performance.now() - start)
      }
    }),
  )
  const elapsed = (performance.now() - began) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(Math.floor(times.length * share), times.length - 1)] ?? Number.NaN
  return { count: times.length, perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) }
}
