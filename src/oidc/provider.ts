/** The running provider: made anew, in place, when the keys change. One costs 36 kB and a third of a millisecond. */
import { timingSafeEqual } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ClientAuthorizationState, type Session as ProtocolSession, Provider } from 'oidc-provider'
import type { LogoutFacts, Session } from '../core/model/session/session.ts'
import type { Journey } from '../journey/journey.ts'
import type { Posted } from '../platform/outbox/dispatcher.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { answer, refuse } from './bridge.ts'
import { configuration } from './configuration.ts'
import { ensureKeys, keysVersion, loadKeys } from './keys/keys.ts'
import type { ProtocolNeeds } from './needs.ts'
import { deviceConnected } from './surface/device.tsx'
import { notFound } from './surface/errors.tsx'
import { formPostPage } from './surface/form-post-page.tsx'
import type { Ctx } from './surface/frame.ts'
import { limitCodes, redirectPostAsGet, refuseNul } from './surface/request-middleware.tsx'

export type Protocol = {
  /** Serves the paths of the protocol. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  answer(journey: Journey, session: Session): Promise<string>
  refuse(journey: Journey, error: 'access_denied'): Promise<string>
  /** Follows keys that another process, or this one, has rotated. */
  followKeys(): Promise<void>
  /** Carries a logout token to a product (OpenID Connect Back-Channel Logout 1.0, section 2.5). */
  sendLogout(message: Posted): Promise<string>
}

export async function makeProtocol(needs: ProtocolNeeds): Promise<Protocol> {
  await ensureKeys(needs)
  let { keys, version } = await loadKeys(needs)
  let provider = makeProvider(needs, keys)
  let handle = provider.callback()

  return {
    handle: (request, response) => handle(request, response),
    answer: (journey, session) => answer(needs, journey, session),
    refuse: (journey, error) => refuse(needs, journey, error),
    async followKeys() {
      if ((await keysVersion(needs.db)) === version) return
      ;({ keys, version } = await loadKeys(needs))
      provider = makeProvider(needs, keys)
      handle = provider.callback()
    },
    async sendLogout({ name, facts }) {
      const client = await provider.Client.find(name)
      const send = client?.backchannelLogout
      if (!client?.backchannelLogoutUri || typeof send !== 'function') return 'the product takes no logout tokens'
      // Without a name the token is for all sessions of the person (Back-Channel Logout 1.0, section 2.4).
      const { sub, sid, sids }: LogoutFacts = JSON.parse(facts)
      await Promise.all((sids ?? [sid]).map((one) => send.call(client, sub, one)))
      return 'the product has taken the logout token'
    },
  }
}

type Noted = (this: ProtocolSession, clientId: string, value?: string) => ClientAuthorizationState

function makeProvider(needs: ProtocolNeeds, keys: Awaited<ReturnType<typeof loadKeys>>['keys']): Provider {
  const provider = new Provider(needs.origin, configuration(needs, keys))
  // Every request comes through our own front, which writes the forwarding headers itself.
  provider.proxy = true
  // Secrets are stored hashed, so that is what a product's secret is compared as.
  provider.Client.prototype.compareClientSecret = function compare(actual: string) {
    const [stored, given] = [Buffer.from(this.clientSecret ?? ''), Buffer.from(sha256(actual))]
    return stored.length === given.length && timingSafeEqual(stored, given)
  }
  // A session that nobody saw before it is needed for an error page has nothing to be persisted.
  const { persist } = provider.Session.prototype
  provider.Session.prototype.persist = async function persistIfSaved() {
    return typeof this.exp === 'number' ? persist.call(this) : ''
  }
  // It keeps its notes on products by their ids, in an object that has nothing of its own then: no `constructor`, no `toString`.
  const { authorizationFor }: { authorizationFor: Noted } = provider.Session.prototype
  const noted: Noted = function withoutPrototype(clientId, value) {
    if (this.authorizations || value !== undefined)
      this.authorizations = Object.assign(Object.create(null), this.authorizations)
    return authorizationFor.call(this, clientId, value)
  }
  provider.Session.prototype.authorizationFor = noted
  // The session's secret changes where the person signs in, in core/model/session, and not once more on the way back.
  provider.Session.prototype.resetIdentifier = () => {}
  provider
    .use(notFound(needs))
    .use(refuseNul(needs))
    .use(deviceConnected(needs))
    .use(formPostPage(needs))
    .use(redirectPostAsGet(needs))
    .use(limitCodes(needs))
  provider.on('server_error', failed(needs))
  // What the library does not catch it would print past the log: a fault of ours, or a caller who went away.
  const events: EventEmitter = provider
  events.on('error', (error: Error, ctx: Ctx) => {
    if (ctx.req.complete && !ctx.req.socket.destroyed) failed(needs)(ctx, error)
  })
  return provider
}

const failed =
  ({ log }: ProtocolNeeds) =>
  (ctx: Ctx, error: Error): void =>
    log.error({ err: error, request: ctx.get('x-request-id') }, 'the protocol failed')
