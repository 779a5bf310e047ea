import { randomState } from 'openid-client'

/** Where a sign-in leads back to, and whether it is a second attempt after one that got lost. */
export type Journey = { to: string; again: boolean }

/** A path on this very site, or the home page: nobody is sent elsewhere by a doctored link. */
export function localPath(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(wanted) ? wanted : '/'
}

/** An unguessable `state` that also says where to go, so that a late callback finds its way even without a session. */
export function makeState({ to, again }: Journey): string {
  return [randomState(), again ? 'again' : 'first', Buffer.from(to).toString('base64url')].join('.')
}

/** What a `state` says. Anyone can make one up, so it is a wish and proves nothing. */
export function readState(state: string): Journey {
  const [, attempt, to] = state.split('.')
  return { to: localPath(Buffer.from(to ?? '', 'base64url').toString()), again: attempt === 'again' }
}
