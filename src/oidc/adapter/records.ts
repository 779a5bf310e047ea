/**
 * Each model of oidc-provider as a set of records found by the hash of their value; the table holds no value that
 * could be used. One use is decided by the database: of two who consume a code, one does.
 */
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import type { AccountId } from '../../core/model/account/store.ts'
import * as grants from '../../core/model/grant/store.ts'
import { after, type Duration, days, epochSeconds, minutes, seconds } from '../../platform/clock.ts'
import { isOurs, macOf } from '../../platform/secrets/bound-row.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { isStorable } from '../../platform/text.ts'
import { siteOf } from '../../platform/web/client-address.ts'
import type { ProtocolNeeds } from '../needs.ts'

const nothing = async (): Promise<undefined> => undefined
const LONGEST_RECORD = days(400)

// The address a browser returns to contains the id of the interaction, which only that browser may know: it is sealed.
const RETURN = 'return'
// What an interaction is answered opens a session: it is sealed for that interaction.
const answerTo = (mark: string): string => `answer to ${mark}`

// A handle stands for a record whose value must not be stored: the mark of the record, sealed under our key. The protocol
// follows handles from record to record. A handle is never accepted from outside, so that a copy of the database has no
// value that can be used.
const HANDLE = 'handle '
const RECORD = 'record'
const OWN_WAYS = ['resume', 'device_resume', 'code_verification']

// What anybody can have written: a request nobody has signed in for, and what a public product asks for with no proof of
// a person. A product that authenticates, a code and a token are proofs.
const UNPROVED_ROUTES = ['pushed_authorization_request', 'device_authorization']

function siteOfStranger(
  { actorOf }: ProtocolNeeds,
  model: string,
  { accountId, session }: AdapterPayload,
): string | null {
  const { ctx } = Provider
  if (!ctx || accountId || session?.accountId) return null
  const isPublic = ctx.oidc.client?.clientAuthMethod === 'none' && UNPROVED_ROUTES.includes(ctx.oidc.route)
  if (model !== 'Interaction' && !isPublic) return null
  const asking = { env: { incoming: ctx.req }, req: { header: (name: string) => ctx.get(name) || undefined } }
  return siteOf(actorOf(asking).network)
}

function markOf({ keyring }: ProtocolNeeds, id: string): string {
  const followed = id.startsWith(HANDLE) && OWN_WAYS.includes(Provider.ctx?.oidc.route ?? '')
  return followed ? keyring.open(id.slice(HANDLE.length), RECORD) : sha256(id)
}

// An interaction is over when its browser comes back: it is read and deleted at once.
const isResumed = (model: string): boolean => model === 'Interaction' && !!Provider.ctx?.oidc.route.endsWith('resume')

export function records(needs: ProtocolNeeds, model: string): Adapter {
  const { db, clock, keyring } = needs
  const markOfCode = (code: string): string => keyring.mark(code, 'user code')
  const bound = (id: string, payload: AdapterPayload) => {
    const user_code_mark = payload.userCode ? markOfCode(payload.userCode) : null
    const record = { model, id_mark: markOf(needs, id), user_code_mark, payload: withoutSecrets(payload, needs) }
    return { ...record, mac: macOf(needs, grants.boundRecord, record) }
  }
  const toRecord = (id: string, payload: AdapterPayload, lives: Duration) => ({
    ...bound(id, payload),
    grant_id: payload.grantId ?? null,
    account_id: (payload.accountId as AccountId | undefined) ?? null,
    session_uid: payload.expiresWithSession ? (payload.sessionUid ?? null) : null,
    network: siteOfStranger(needs, model, payload),
    expires_at: after(clock.now(), lives),
  })
  return {
    async upsert(id, payload, expiresIn) {
      const lives = expiresIn ? seconds(expiresIn) : LONGEST_RECORD
      if (model === 'DeviceCode') {
        if (!(await grants.putUnclaimed(db, toRecord(id, payload, lives))))
          throw new errors.InvalidRequest('the device is connected already')
      } else if (model === 'ReplayDetection') {
        // A proof may be dated ahead by as much as behind: it is remembered for both.
        const fresh = await grants.addRecord(db, toRecord(id, payload, { ms: lives.ms * 2 }))
        if (!fresh) throw new errors.InvalidDpopProof('the proof was used before')
      } else {
        await grants.putRecord(db, toRecord(id, payload, lives))
      }
    },
    async find(id) {
      if (model === 'ReplayDetection') return undefined // adding it tells
      const find = isResumed(model) ? grants.takeRecord : grants.findRecord
      const row = await find(db, model, markOf(needs, id), clock.now())
      return row && isOurs(needs, grants.boundRecord, row) ? withItself(needs, row, id) : undefined
    },
    async findByUserCode(userCode) {
      const row = await grants.findRecordByUserCode(db, model, markOfCode(userCode), clock.now())
      if (!row || !isOurs(needs, grants.boundRecord, row)) return undefined
      return { ...withItself(needs, row, HANDLE + keyring.seal(row.id_mark, RECORD)), userCode }
    },
    // Who comes second at the very moment is as suspect as who comes second later: all that was given is taken back.
    async consume(id) {
      const [mark, now] = [markOf(needs, id), clock.now()]
      if (await grants.consumeRecord(db, model, mark, now)) return
      const grantId = (await grants.findRecord(db, model, mark, now))?.grant_id
      if (grantId) await grants.revokeWholeGrant(db, grantId, sha256(grantId))
      if (model === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri('the request was answered already')
      throw new errors.InvalidGrant(`${model} was used already`)
    },
    async destroy(id) {
      if (!isResumed(model)) await grants.deleteRecord(db, model, markOf(needs, id))
    },
    revokeByGrantId: (grantId) => grants.revokeOfGrant(db, model, grantId),
    findByUid: nothing,
  }
}

/** As it is stored: without its own value and that of a session, and with handles for those of other records. */
function withoutSecrets(payload: AdapterPayload, { keyring }: ProtocolNeeds): AdapterPayload {
  const { jti: _jti, userCode: _userCode, ...kept } = payload
  if (kept.session) kept.session = { ...kept.session, cookie: '' }
  if (kept.returnTo) kept.returnTo = keyring.seal(kept.returnTo, RETURN)
  for (const name of ['deviceCode', 'parJti'] as const)
    if (kept[name] && !kept[name].startsWith(HANDLE)) kept[name] = HANDLE + keyring.seal(sha256(kept[name]), RECORD)
  return JSON.parse(JSON.stringify(kept, storable))
}

/** What PostgreSQL does not keep no request has any use for. */
export function storable(name: string, value: unknown): unknown {
  if (!isStorable(name) || (typeof value === 'string' && !isStorable(value)))
    throw new errors.InvalidRequest('a parameter contains the character NUL, or half a character')
  return value
}

function withItself(
  { keyring }: ProtocolNeeds,
  { payload, id_mark: mark, consumed_at: consumedAt }: grants.OidcRecord,
  id: string,
): AdapterPayload {
  const { answer, ...kept }: AdapterPayload & { answer?: string } = { ...payload }
  return {
    ...kept,
    ...(answer && JSON.parse(keyring.open(answer, answerTo(mark)))),
    jti: id,
    ...(kept.returnTo && { returnTo: keyring.open(kept.returnTo, RETURN) }),
    ...(consumedAt && { consumed: epochSeconds(consumedAt) }),
  }
}

/** An answered interaction is for the redirect that is under way: what was proved for it gets no older. */
const FETCHED_WITHIN = minutes(1)

/** Writes the answer into an interaction; says where its browser goes with that, unless it has expired. */
export async function answerInteraction(
  needs: ProtocolNeeds,
  mark: string,
  given: Pick<AdapterPayload, 'result' | 'session'>,
) {
  const { db, clock, keyring } = needs
  const now = clock.now()
  const answer = keyring.seal(JSON.stringify(given), answerTo(mark))
  const row = await grants.amendRecord(db, 'Interaction', mark, { answer }, { now, ends: after(now, FETCHED_WITHIN) })
  const { returnTo }: AdapterPayload = row && isOurs(needs, grants.boundRecord, row) ? { ...row.payload } : {}
  return returnTo && keyring.open(returnTo, RETURN)
}
