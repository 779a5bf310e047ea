/**
 * One request to a provider, and what it answered. By the plain fetch of Node.js: the address is the operator's own
 * setting, so that it needs no guard against addresses that others name. Redirects are not followed: a login goes to
 * the host that was set.
 */
import { type Duration, inSeconds, seconds } from '../clock.ts'
import { oneLine } from '../plain-text.ts'

export const ANSWERS_WITHIN = seconds(10)

export type Answer = { status: number; body: string }
type Request = { url: string; headers: Record<string, string>; body: string }

/** @throws {Error} one line that is worth another attempt: no connection, or no answer in time */
export async function exchange({ url, headers, body }: Request, patience: Duration): Promise<Answer> {
  const signal = AbortSignal.timeout(patience.ms)
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    return { status: answer.status, body: await answer.text() }
  } catch (error) {
    throw new Error(signal.aborted ? `no answer within ${inSeconds(patience)} s` : `no connection: ${causeOf(error)}`)
  }
}

/** `fetch failed` says nothing; its cause does, and names no more than the host. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  if (cause && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause?.message ?? 'the request failed'
}

/**
 * What a provider said, fit for a column and a log: one line of 200 characters, in which the number and the code of the
 * person are no more than their last two digits.
 */
export const readable = (words: string): string =>
  oneLine(words.slice(0, 2_000))
    .replace(/\+?\d(?:[\s().,/\p{Pd}]{0,2}\d){3,}/gu, (digits) => `…${digits.slice(-2)}`)
    .trim()
    .slice(0, 200)

/** On this machine nobody is on the way. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
