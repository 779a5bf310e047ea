/** The only way to know the time. Rules and handlers are given a clock; nobody else reads the system's. */
export type Clock = { now(): Date }

/** A length of time that carries its unit; made by `seconds()`, `minutes()`, `hours()`, `days()`. */
export type Duration = { readonly ms: number }

export const seconds = (n: number): Duration => ({ ms: n * 1_000 })
export const minutes = (n: number): Duration => seconds(n * 60)
export const hours = (n: number): Duration => minutes(n * 60)
export const days = (n: number): Duration => hours(n * 24)

export const inSeconds = (d: Duration): number => d.ms / 1_000
export const inDays = (d: Duration): number => Math.round(d.ms / 86_400_000)
export const inMinutes = (d: Duration): number => Math.round(d.ms / 60_000)
export const inHours = (d: Duration): number => Math.round(d.ms / 3_600_000)

/** Whole seconds since 1970, as tokens say the time (RFC 7519, NumericDate). */
export const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1_000)

export const after = (from: Date, d: Duration): Date => new Date(from.getTime() + d.ms)
export const before = (from: Date, d: Duration): Date => new Date(from.getTime() - d.ms)
export const between = (earlier: Date, later: Date): Duration => ({ ms: later.getTime() - earlier.getTime() })

export const systemClock: Clock = { now: () => new Date() }

/** A clock that can be set forward: tests move it, and so does the development service (`POST /dev/clock`). */
export type MovableClock = Clock & { advance(d: Duration): void; reset(): void }

export function movableClock(base: Clock = systemClock): MovableClock {
  let ahead = 0
  return {
    now: () => new Date(base.now().getTime() + ahead),
    advance: (d) => {
      ahead += d.ms
    },
    reset: () => {
      ahead = 0
    },
  }
}
