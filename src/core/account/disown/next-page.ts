/** Where somebody goes who took an account back: the page that chooses a password, or the one that says that its link was mailed. */

import { at, urls } from '../../../urls.ts'
import type { Disowned } from './disown.ts'

/** `done`: what led here: sessions were ended, or a change of address was undone. */
export const nextOf = ({ link, isMailed }: Disowned, done: 'ended' | 'undone'): string =>
  link ? at(urls.reset, { link, done }) : at(urls.notMeMailed, { when: isMailed ? undefined : 'earlier' })
