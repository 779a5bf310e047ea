/** Sessions begin in core/session; here the protocol reads them and keeps its notes on them. */
import { isDeepStrictEqual } from 'node:util'
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider'
import { endOf, type SessionFigures } from '../../core/session/session.ts'
import * as sessions from '../../core/session/store.ts'
import { between, type Clock, epochSeconds, minutes } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { storable } from './records.ts'

export type Needs = { db: Db; clock: Clock; figures: SessionFigures }

const nothing = async (): Promise<undefined> => undefined
const SEEN_EVERY = minutes(1)

// What a request has read, so that it writes only what it has changed: another tab may have written meanwhile.
const read = new WeakMap<object, sessions.FoundSession>()

/** The session that a request has come with, as it was read. */
export const sessionRead = (ctx: object): sessions.FoundSession | undefined => read.get(ctx)

export function browserSessions({ db, clock, figures }: Needs): Adapter {
  const load = (row: sessions.SessionRow | undefined, id?: string): AdapterPayload | undefined =>
    row && {
      ...structuredClone(row.details), // the protocol changes in place what it is given
      kind: 'Session',
      uid: row.uid,
      exp: epochSeconds(row.expires_at),
      ...(id && { jti: id }),
      ...(row.account_id && { accountId: row.account_id }),
    }
  return {
    async find(id) {
      const row = await sessions.findByIdMark(db, sha256(id), clock.now())
      if (row && Provider.ctx) read.set(Provider.ctx, row)
      return load(row, id)
    },
    findByUid: async (uid) => load(await sessions.findByUid(db, uid, clock.now())),
    async upsert(id, payload) {
      const { jti: _jti, kind: _kind, iat: _iat, exp: _exp, uid = '', accountId, ...rest } = payload
      const details: sessions.SessionDetails = JSON.parse(JSON.stringify(rest, storable))
      const now = clock.now()
      const was = Provider.ctx && read.get(Provider.ctx)
      const known = was?.uid === uid ? was : undefined
      const recent = known && between(known.seen_at, now).ms < SEEN_EVERY.ms
      if (recent && isDeepStrictEqual(known.details, details)) return
      const expires_at = endOf(figures, known?.started_at ?? now, now)
      if (accountId)
        return sessions.updateDetails(db, uid, { details: changed(known?.details, details), seen_at: now, expires_at })
      // Of somebody who is not signed in only the proof of a form is kept, if there is one.
      if (details.state || known)
        await sessions.putSession(db, sessions.anonymous(uid, sha256(id), details, now, expires_at))
    },
    async destroy(id) {
      await sessions.deleteSessionByIdMark(db, sha256(id))
    },
    consume: nothing,
    findByUserCode: nothing,
    revokeByGrantId: nothing,
  }
}

/** The notes as they are to be, of each product only if they are not what they were. */
function changed(before: sessions.SessionDetails = {}, after: sessions.SessionDetails): sessions.SessionDetails {
  const notes = Object.entries(after.authorizations ?? {})
  const news = notes.filter(([product, note]) => !isDeepStrictEqual(before.authorizations?.[product], note))
  return { ...after, authorizations: Object.fromEntries(news) }
}
