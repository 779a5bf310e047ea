import type { Actor } from '../platform/actor.ts'

/** Whoever uses the pages, from somewhere. */
export const visitor = {
  kind: 'person',
  id: null,
  request: '',
  network: '192.0.2.1',
  userAgent: 'a browser',
  browser: 'its mark',
} as const satisfies Actor
