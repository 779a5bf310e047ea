/**
 * Sessions begin in core/model/session; here the protocol reads them and keeps its notes on them. Of a browser in which nobody
 * is signed in it keeps nothing but the proof of a form: that is sealed in a cookie, and no row of ours.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider'
import { endOf } from '../../core/model/session/session.ts'
import * as sessions from '../../core/model/session/store.ts'
import { after, between, epochSeconds, hours, minutes } from '../../platform/clock.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { cookie, readCookie } from '../../platform/web/cookies.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { storable } from './records.ts'

const nothing = async (): Promise<undefined> => undefined
const SEEN_EVERY = minutes(1)

// What a request has read, so that it writes only what it has changed: another tab may have written meanwhile.
const read = new WeakMap<object, sessions.FoundSession>()

/** The session that a request has come with, as it was read. */
export const sessionRead = (ctx: object): sessions.FoundSession | undefined => read.get(ctx)

/** How long a form may stand, and how much a browser takes for it. */
const FORM_STANDS = hours(1)
const LONGEST_FORM = 3_500

type Sealed = { uid: string; exp: number; details: sessions.SessionDetails }
const sealedFor = (id: string): string => `session ${id}`

function readSealed({ keyring, cookies, clock }: ProtocolNeeds, id: string): Sealed | undefined {
  try {
    const text = readCookie(Provider.ctx?.get('cookie'), cookies.form) ?? ''
    const sealed: Sealed = JSON.parse(keyring.open(text, sealedFor(id)))
    return sealed.exp > epochSeconds(clock.now()) ? sealed : undefined
  } catch {
    return undefined
  }
}

/** What there is to prove goes into the cookie; when there is nothing, the cookie goes. */
function writeSealed(needs: ProtocolNeeds, id: string, uid: string, details: sessions.SessionDetails): void {
  const { keyring, cookies, clock } = needs
  const sealed: Sealed = { uid, details, exp: epochSeconds(after(clock.now(), FORM_STANDS)) }
  const text = details.state ? keyring.seal(JSON.stringify(sealed), sealedFor(id)) : ''
  if ((text === '' && !readSealed(needs, id)) || text.length > LONGEST_FORM) return
  Provider.ctx?.append('Set-Cookie', cookie(cookies.form, text, FORM_STANDS))
}

export function browserSessions(needs: ProtocolNeeds): Adapter {
  const { db, clock, figures } = needs
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
      const row = await sessions.findByIdMark(needs, sha256(id), clock.now())
      if (row && Provider.ctx) read.set(Provider.ctx, row)
      if (row) return load(row, id)
      const sealed = readSealed(needs, id)
      return sealed && { ...sealed.details, kind: 'Session', uid: sealed.uid, exp: sealed.exp, jti: id }
    },
    findByUid: async (uid) => load(await sessions.findByUid(needs, db, uid, clock.now())),
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
      writeSealed(needs, id, uid, details)
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
