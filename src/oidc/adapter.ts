/**
 * Where oidc-provider keeps things. Each model is a set of records found by the hash of their value; sessions and
 * products have tables of their own. One use is decided by the database: of two who consume a code, one does.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { AccountId } from '../core/account/store.ts'
import * as grants from '../core/grant/store.ts'
import type { Catalogue } from '../core/product/catalogue.ts'
import { endOf, type SessionFigures } from '../core/session/session.ts'
import * as sessions from '../core/session/store.ts'
import { after, type Clock, days, minutes, seconds } from '../platform/clock.ts'
import type { Db } from '../platform/database/db.ts'
import { type Keyring, sha256 } from '../platform/secrets/keyring.ts'
import { clientMetadata } from './client-metadata.ts'

export type Needs = { db: Db; clock: Clock; keyring: Keyring; catalogue: Catalogue; figures: SessionFigures }

export const makeAdapter =
  (needs: Needs) =>
  (model: string): Adapter => {
    if (model === 'Client') return products(needs)
    if (model === 'Session') return browserSessions(needs)
    return records(needs, model)
  }

const nothing = async (): Promise<undefined> => undefined

const products = ({ catalogue }: Needs): Adapter => ({
  async find(id) {
    const product = await catalogue.find(id)
    return product && clientMetadata(product)
  },
  upsert: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
})

const SEEN_EVERY = minutes(1)
const REMEMBERED = 1_000

/** Sessions begin in core/session; here the protocol reads them and keeps its notes on them. */
function browserSessions({ db, clock, figures }: Needs): Adapter {
  // What was read last, so that a write that would change nothing is left out.
  const read = new Map<string, sessions.SessionRow>()
  const load = (row: sessions.SessionRow | undefined, id?: string): AdapterPayload | undefined => {
    if (!row) return undefined
    if (read.size >= REMEMBERED) read.clear()
    read.set(row.uid, row)
    const exp = Math.floor(row.expires_at.getTime() / 1_000)
    // A copy: the protocol changes in place what it is given.
    return { ...structuredClone(row.details), kind: 'Session', uid: row.uid, exp, ...(id && { jti: id }), ...(row.account_id && { accountId: row.account_id }) }
  }
  return {
    find: async (id) => load(await sessions.findByIdMark(db, sha256(id), clock.now()), id),
    findByUid: async (uid) => load(await sessions.findByUid(db, uid, clock.now())),
    async upsert(id, payload) {
      const { jti: _jti, kind: _kind, iat: _iat, exp: _exp, uid = '', accountId, ...rest } = payload
      const details: sessions.SessionDetails = JSON.parse(JSON.stringify(rest))
      const now = clock.now()
      const known = read.get(uid)
      const recent = known && now.getTime() - known.seen_at.getTime() < SEEN_EVERY.ms
      if (recent && isDeepStrictEqual(known.details, details)) return
      const expires_at = endOf(figures, known?.started_at ?? now, now)
      if (accountId) await sessions.updateDetails(db, uid, { details, seen_at: now, expires_at })
      else await sessions.putSession(db, sessions.anonymous(uid, sha256(id), details, now, expires_at))
    },
    async destroy(id) {
      await sessions.deleteSessionByIdMark(db, sha256(id))
    },
    consume: nothing,
    findByUserCode: nothing,
    revokeByGrantId: nothing,
  }
}

// Stands in a stored record where its own value would: the table holds no value that could be used.
const ITSELF = '\u0001itself'

// A record that was found by its user code has no known value: it goes by its mark, sealed so that nobody can make one up.
const HANDLE = 'handle '

const LONGEST_RECORD = days(400)

function records({ db, clock, keyring }: Needs, model: string): Adapter {
  const markOf = (id: string): string =>
    id.startsWith(HANDLE) ? keyring.open(id.slice(HANDLE.length), 'record') : sha256(id)
  const userCodeMark = (code: string): string => keyring.mark(code, 'user code')
  const load = (row: grants.OidcRecord | undefined, id: string, more: AdapterPayload = {}): AdapterPayload | undefined => {
    if (!row) return undefined
    const payload: AdapterPayload = JSON.parse(JSON.stringify(row.payload).replaceAll(JSON.stringify(ITSELF).slice(1, -1), id))
    return { ...payload, ...more, ...(row.consumed_at && { consumed: Math.floor(row.consumed_at.getTime() / 1_000) }) }
  }
  return {
    async upsert(id, payload, expiresIn) {
      const { userCode, ...kept } = payload
      if (kept.session) delete kept.session.cookie // the secret of a live session
      const now = clock.now()
      const record = {
        model,
        id_mark: markOf(id),
        payload: JSON.parse(JSON.stringify(kept).replaceAll(id, JSON.stringify(ITSELF).slice(1, -1))),
        grant_id: payload.grantId ?? null,
        account_id: (payload.accountId as AccountId | undefined) ?? null,
        user_code_mark: userCode ? userCodeMark(userCode) : null,
        session_uid: payload.expiresWithSession ? (payload.sessionUid ?? null) : null,
        expires_at: after(now, expiresIn ? seconds(expiresIn) : LONGEST_RECORD),
      }
      if (model !== 'ReplayDetection') return grants.putRecord(db, record)
      if (!(await grants.addRecord(db, record))) throw new errors.InvalidRequest('this proof was used before')
    },
    find: async (id) => load(await grants.findRecord(db, model, markOf(id), clock.now()), id),
    async findByUserCode(userCode) {
      const row = await grants.findRecordByUserCode(db, model, userCodeMark(userCode), clock.now())
      return row && load(row, HANDLE + keyring.seal(row.id_mark, 'record'), { userCode })
    },
    // Who comes second at the very moment is as suspect as who comes second later: all that was given is taken back.
    async consume(id) {
      const [mark, now] = [markOf(id), clock.now()]
      if (await grants.consumeRecord(db, model, mark, now)) return
      const grantId = (await grants.findRecord(db, model, mark, now))?.grant_id
      if (grantId) await grants.revokeWholeGrant(db, grantId, sha256(grantId))
      throw model === 'PushedAuthorizationRequest' ? new errors.InvalidRequestUri() : new errors.InvalidGrant(`${model} was used already`)
    },
    destroy: (id) => grants.deleteRecord(db, model, markOf(id)),
    revokeByGrantId: (grantId) => grants.revokeOfGrant(db, model, grantId),
    findByUid: nothing,
  }
}
