/** Where somebody goes who took an account back: the page that chooses a password, or the one that says what comes next. */

import { at, urls } from '../../../urls.ts'
import type { Disowned } from './disown.ts'

/** `done`: what led here: sessions were ended, or a change of address was undone. */
export const nextOf = ({ link, next }: Disowned, done: 'ended' | 'undone'): string =>
  link ? at(urls.reset, { link, done }) : at(urls.notMeMailed, { next: next === 'mailed' ? undefined : next })
