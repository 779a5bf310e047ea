/**
 * A person signed in on a browser. The browser holds 256 bits in a cookie, the table their SHA-256. A session ends
 * when it was idle too long, when it is too old, by signing out, and by a new password; products are told.
 */

import type { Actor } from '../../../platform/actor.ts'
import { after, type Duration, epochSeconds, minutes } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { Writes } from '../../../platform/needs.ts'
import type { Outbox } from '../../../platform/outbox/outbox.ts'
import { drawId, drawToken } from '../../../platform/random.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import { revokeOfAccount, revokeOfSession } from '../grant/store.ts'
import { openFacts, type PasswordFacts } from '../password/policy/facts.ts'
import { type Acr, acrOf, maxAcrOf } from './acr.ts'
import { deleteSessionsOf, type Ended } from './ending.ts'
import * as store from './store.ts'

const SEEN_EVERY = minutes(1)

export type SessionFigures = { sessionIdle: Duration; sessionMax: Duration }
export type SessionNeeds = Writes & { outbox: Outbox; figures: SessionFigures }

/** A live session, as far as a page or a rule needs to know it. */
export type Session = {
  uid: string
  account: AccountId
  authenticatedAt: Date
  startedAt: Date
  /** How the person signed in (RFC 8176): `pwd`, `otp`, `pop`, `user`, `mfa`. */
  methods: readonly string[]
  /** What is known of the password it was begun with. */
  password: PasswordFacts | undefined
  /** The account has a password, whatever it was begun with. */
  hasPassword: boolean
  /** The person has postponed a better password in this session. */
  betterPasswordPostponed: boolean
  /** The account is about to close. */
  closing: boolean
  /** The person has postponed a second factor in this session. */
  secondFactorPostponed: boolean
  /** Since when the person counts as staff. */
  staffSince: Date | undefined
  /** Since when two-step verification is switched on. */
  twoStepSince: Date | undefined
  /** The highest level that the account has a way to; `pwd` where it has no second step. */
  maxAcr: Acr
  /** When more than a password was proved in this session. */
  factorAt: Date | undefined
  /** Nothing was proved in it but a way that counts as new until then. */
  coolingOffUntil: Date | undefined
}

/** When a session that began then and is used now ends: idle time from now, but never past the most it may last. */
export const endOf = ({ sessionIdle, sessionMax }: SessionFigures, startedAt: Date, now: Date): Date =>
  new Date(Math.min(after(now, sessionIdle).getTime(), after(startedAt, sessionMax).getTime()))

/** The session of a row, if anybody is signed in with it. */
export function sessionOfRow({ keyring }: Pick<SessionNeeds, 'keyring'>, row: store.FoundSession): Session | undefined {
  if (!row.account_id || !row.authenticated_at) return undefined
  const methods = row.details.amr ?? []
  return {
    uid: row.uid,
    account: row.account_id,
    authenticatedAt: row.authenticated_at,
    startedAt: row.started_at,
    methods,
    password: methods.includes('pwd') && row.hash ? openFacts(keyring, row.hash, row.sealed_facts) : undefined,
    hasPassword: row.hash !== null,
    betterPasswordPostponed: row.better_password_later_at !== null,
    secondFactorPostponed: row.second_way_later_at !== null,
    closing: row.closing_at !== null,
    staffSince: row.staff_since ?? undefined,
    twoStepSince: row.two_step_since ?? undefined,
    maxAcr: maxAcrOf(row.kinds ?? []),
    factorAt: row.factor_at ?? undefined,
    coolingOffUntil: row.cooling_off_until ?? undefined,
  }
}

/** The live session of a cookie's value. Being looked up is being used: the idle time starts again. */
export async function findSession(needs: SessionNeeds, id: string | undefined): Promise<Session | undefined> {
  if (!id) return undefined
  const { db, clock, figures } = needs
  const now = clock.now()
  const row = await store.findByIdMark(needs, sha256(id), now)
  if (row && now.getTime() - row.seen_at.getTime() > SEEN_EVERY.ms)
    await store.markSeen(db, row.uid, now, endOf(figures, row.started_at, now))
  return row && sessionOfRow(needs, row)
}

export type SignIn = {
  account: AccountId
  methods: string[]
  /** More than a password was proved just now. */
  factor?: boolean
  /** When the person signed in, where this only adds a factor to it. */
  since?: Date | undefined
  /** Nothing was proved but a way that was added lately: until when it counts as new. */
  coolingOff?: Date | undefined
  actor: Actor
  former: Session | undefined
}

/**
 * Starts a session and answers the new secret for the cookie. Signing in again on the same browser keeps the
 * session and what products know of it, under a new secret; somebody else's session on that browser ends.
 */
export async function startSession(needs: SessionNeeds, tx: Tx, signIn: SignIn) {
  const { account, methods, factor, since, actor, former } = signIn
  const { clock, random, figures } = needs
  const now = clock.now()
  const at = since ?? now
  const same = former?.account === account ? await store.findByUid(needs, tx, former.uid, now) : undefined
  if (former && !same) await endSession(needs, tx, former.uid)
  const id = drawToken(random)
  const uid = same?.uid ?? drawId('ses', random, clock)
  const ended = await store.putSession(needs, tx, {
    uid,
    id_mark: sha256(id),
    account_id: account,
    authenticated_at: at,
    started_at: same?.started_at ?? now,
    seen_at: now,
    expires_at: endOf(figures, same?.started_at ?? now, now),
    user_agent: actor.userAgent,
    network: actor.network,
    browser_mark: actor.browser,
    details: { ...same?.details, amr: methods, acr: acrOf(methods), loginTs: epochSeconds(at) },
    better_password_later_at: null,
    second_way_later_at: null,
    factor_at: factor ? now : (same?.factor_at ?? null),
    cooling_off_until: signIn.coolingOff ?? null,
  })
  await tellOfEnded(needs, tx, account, ended.named)
  return { id, uid }
}

/** Ends one session, the tokens that live with it, and tells the products it was used for; false where it was over already. */
export async function endSession(needs: SessionNeeds, tx: Tx, uid: string): Promise<boolean> {
  const ended = await store.deleteSession(tx, uid)
  for (const row of ended) await tellProducts(needs, tx, row)
  await revokeOfSession(tx, uid)
  return ended.length > 0
}

/**
 * Ends every session of an account, or all but one, and every token products hold for it, those for offline use
 * included; answers how many there were. In the session that stays a product is given new ones when it next asks.
 */
export async function endAllSessions(needs: SessionNeeds, tx: Tx, account: AccountId, but?: string): Promise<number> {
  const { sessions, named } = await deleteSessionsOf(tx, account, but)
  await tellOfEnded(needs, tx, account, named)
  await revokeOfAccount(tx, account)
  return sessions
}

/** A new secret for the cookie of a session that stays while others end; undefined when it has ended itself. */
export async function renewSecret(needs: SessionNeeds, tx: Tx, uid: string): Promise<string | undefined> {
  const id = drawToken(needs.random)
  return (await store.replaceIdMark(needs, tx, uid, sha256(id), needs.clock.now())) ? id : undefined
}

/**
 * Whose sessions of a product ended: `sid` is the product's own name for one, `sids` for some; with neither, all of the
 * person's are over.
 */
export type LogoutFacts = { sub: AccountId; sid?: string | undefined; sids?: readonly string[] }

declare module '../../../platform/outbox/outbox.ts' {
  /** By the id of the product. */
  interface LogoutTokens {
    [product: string]: LogoutFacts
  }
}

/** Tells every product that a session was used for. */
export async function tellProducts(needs: SessionNeeds, tx: Tx, row: store.SessionRow): Promise<void> {
  for (const [product, { sid }] of Object.entries(row.details.authorizations ?? {}))
    if (row.account_id && sid) await tellProduct(needs, tx, product, { sub: row.account_id, sid })
}

/** Tells products of many sessions that ended: one message a product. */
export async function tellOfEnded(needs: SessionNeeds, tx: Tx, sub: AccountId, named: Ended['named']): Promise<void> {
  for (const [product, sids] of Object.entries(named)) {
    const [sid, ...more] = sids ?? []
    await tellProduct(needs, tx, product, { sub, ...(sids && (more.length > 0 ? { sids } : { sid })) })
  }
}

/**
 * OpenID Connect Back-Channel Logout 1.0: sent from the outbox. The message is the product's, which is to have it even where
 * the account is erased meanwhile.
 */
export const tellProduct = (needs: SessionNeeds, tx: Tx, name: string, facts: LogoutFacts): Promise<void> =>
  needs.outbox.post(tx, { topic: 'logout', name, account: null, facts, usefulFor: needs.figures.sessionMax })
