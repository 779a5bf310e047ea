/** What a worker is started for: to serve a database, or to make a fresh one and hand over its files. */
export type Mission =
  | { readonly for: 'serving a folder'; readonly folder: string }
  | { readonly for: 'serving from memory'; readonly archive: Uint8Array | undefined }
  | { readonly for: 'making a seed' }

/**
 * `bytes` are messages of PostgreSQL's wire protocol; each such message is answered once. A session is one connection
 * of the pool: what is said in an older one than the last counts no more.
 */
export type ToWorker =
  | { readonly kind: 'session'; readonly session: number }
  | { readonly kind: 'bytes'; readonly session: number; readonly bytes: Uint8Array }
  | { readonly kind: 'backup' }
  | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The statements of the next answer are running from now on. */
  | { readonly kind: 'working' }
  | { readonly kind: 'answer'; readonly session: number; readonly bytes: Uint8Array }
  | { readonly kind: 'archive'; readonly bytes: Uint8Array }
  | { readonly kind: 'died'; readonly reason: string }
