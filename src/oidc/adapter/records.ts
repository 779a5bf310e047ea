/**
 * Each model of oidc-provider as a set of records found by the hash of their value; the table holds no value that
 * could be used. One use is decided by the database: of two who consume a code, one does.
 */
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import type { AccountId } from '../../core/account/store.ts'
import * as grants from '../../core/grant/store.ts'
import { after, type Clock, days, type Duration, epochSeconds, seconds } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import { type Keyring, sha256 } from '../../platform/secrets/keyring.ts'

export type Needs = { db: Db; clock: Clock; keyring: Keyring }

const nothing = async (): Promise<undefined> => undefined
const LONGEST_RECORD = days(400)

// A record whose value is not known, or not to be kept, goes by its mark, sealed so that nobody can make one up. The
// protocol follows such a handle from one of its own records to another; nobody can hand one in: it may stand in the
// database, and what stands there opens nothing.
const HANDLE = 'handle '
const OWN_WAYS = ['resume', 'device_resume', 'code_verification']
const isHandle = (id: string): boolean => id.startsWith(HANDLE) && OWN_WAYS.includes(Provider.ctx?.oidc.route ?? '')

// An interaction is over when its browser comes back: it is read and deleted at once.
const isResumed = (model: string): boolean => model === 'Interaction' && !!Provider.ctx?.oidc.route.endsWith('resume')

function marks({ keyring }: Needs) {
  const handleOf = (mark: string): string => HANDLE + keyring.seal(mark, 'record')
  return {
    handleOf,
    of: (id: string): string => (isHandle(id) ? keyring.open(id.slice(HANDLE.length), 'record') : sha256(id)),
    ofUserCode: (code: string): string => keyring.mark(code, 'user code'),
    /** The same record by its handle. */
    hidden: (id: string): string => (id.startsWith(HANDLE) ? id : handleOf(sha256(id))),
  }
}

export function records(needs: Needs, model: string): Adapter {
  const { db, clock } = needs
  const mark = marks(needs)
  const toRecord = (id: string, payload: AdapterPayload, lives: Duration) => ({
    model,
    id_mark: mark.of(id),
    payload: withoutSecrets(id, payload, mark.hidden),
    grant_id: payload.grantId ?? null,
    account_id: (payload.accountId as AccountId | undefined) ?? null,
    user_code_mark: payload.userCode ? mark.ofUserCode(payload.userCode) : null,
    session_uid: payload.expiresWithSession ? (payload.sessionUid ?? null) : null,
    expires_at: after(clock.now(), lives),
  })
  return {
    async upsert(id, payload, expiresIn) {
      const lives = expiresIn ? seconds(expiresIn) : LONGEST_RECORD
      if (model === 'DeviceCode') {
        if (!(await grants.putUnclaimed(db, toRecord(id, payload, lives)))) throw new errors.InvalidRequest('the device is connected already')
      } else if (model === 'ReplayDetection') {
        // A proof may be dated ahead by as much as behind: it is remembered for both.
        const fresh = await grants.addRecord(db, toRecord(id, payload, { ms: lives.ms * 2 }))
        if (!fresh) throw new errors.InvalidDpopProof('the proof was used before')
      } else await grants.putRecord(db, toRecord(id, payload, lives))
    },
    async find(id) {
      if (model === 'ReplayDetection') return undefined // adding it tells
      const find = isResumed(model) ? grants.takeRecord : grants.findRecord
      const row = await find(db, model, mark.of(id), clock.now())
      return row && withItself(row, id)
    },
    async findByUserCode(userCode) {
      const row = await grants.findRecordByUserCode(db, model, mark.ofUserCode(userCode), clock.now())
      return row && { ...withItself(row, mark.handleOf(row.id_mark)), userCode }
    },
    // Who comes second at the very moment is as suspect as who comes second later: all that was given is taken back.
    async consume(id) {
      const [itsMark, now] = [mark.of(id), clock.now()]
      if (await grants.consumeRecord(db, model, itsMark, now)) return
      const grantId = (await grants.findRecord(db, model, itsMark, now))?.grant_id
      if (grantId) await grants.revokeWholeGrant(db, grantId, sha256(grantId))
      if (model === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('the request was answered already')
      throw new errors.InvalidGrant(`${model} was used already`)
    },
    async destroy(id) {
      if (!isResumed(model)) await grants.deleteRecord(db, model, mark.of(id))
    },
    revokeByGrantId: (grantId) => grants.revokeOfGrant(db, model, grantId),
    findByUid: nothing,
  }
}

/** As it is stored: without its own value, without that of a session, and with handles for those of other records. */
function withoutSecrets(id: string, payload: AdapterPayload, hidden: (id: string) => string): AdapterPayload {
  const { jti: _jti, userCode: _userCode, ...kept } = payload
  if (kept.session) kept.session = { ...kept.session, cookie: '' }
  if (kept.returnTo?.endsWith(id)) kept.returnTo = kept.returnTo.slice(0, -id.length)
  for (const name of ['deviceCode', 'parJti'] as const) if (kept[name]) kept[name] = hidden(kept[name])
  return JSON.parse(JSON.stringify(kept, storable))
}

/** PostgreSQL keeps every character but one, which no request has any use for. */
export function storable(name: string, value: unknown): unknown {
  if (name.includes('\0') || (typeof value === 'string' && value.includes('\0'))) throw new errors.InvalidRequest('a parameter contains the character NUL')
  return value
}

function withItself({ payload, consumed_at: consumedAt }: grants.OidcRecord, id: string): AdapterPayload {
  const kept: AdapterPayload = { ...payload }
  return {
    ...kept,
    jti: id,
    ...(kept.returnTo && { returnTo: kept.returnTo + id }),
    ...(consumedAt && { consumed: epochSeconds(consumedAt) }),
  }
}

/** Writes the answer into an interaction; says where its browser goes with that, unless it has expired. */
export async function answerInteraction({ db, clock }: Needs, uid: string, answer: Pick<AdapterPayload, 'result' | 'session'>) {
  const payload: AdapterPayload | undefined = await grants.amendRecord(db, 'Interaction', sha256(uid), answer, clock.now())
  return payload?.returnTo && payload.returnTo + uid
}
