import type { LimitFigures } from '../core/limits/counters/limits.ts'
import type { PageNeeds } from '../journey/frame.ts'
import type { Log } from '../platform/log/log.ts'

export type ProtocolNeeds = PageNeeds & { log: Log; figures: LimitFigures<'devices'> }

/** The cookies the protocol binds a request in flight with. Their paths are narrower than /, which __Host- does not allow. */
export const shortCookies = ({ origin }: { origin: string }) => {
  const prefix = origin.startsWith('https:') ? '__Secure-' : ''
  return { interaction: `${prefix}passerelle-interaction`, resume: `${prefix}passerelle-resume` }
}
