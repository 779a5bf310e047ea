/** The service: what the slices register (slices.ts), folded, and what carries it out. */
import { getRequestListener } from '@hono/node-server'
import { expiring } from './app/expiring.ts'
import { watch } from './app/watch.ts'
import { CHECKPOINT_EVERY, keeperOf, writeCheckpoint } from './core/events/audit-log/checkpoints.ts'
import { troubles } from './journey/errors/error-pages.tsx'
import { rotateKeys } from './oidc/keys/keys.ts'
import { listKeys } from './oidc/keys/store.ts'
import { everyPath, servesProtocol } from './oidc/paths.ts'
import { makeProtocol, type Protocol } from './oidc/provider.ts'
import { operatorApi } from './operator/api.ts'
import { minutes, seconds } from './platform/clock.ts'
import { clearAway } from './platform/database/clear-away.ts'
import { mailCarrier } from './platform/mail/carrier.ts'
import type { Mailer } from './platform/mail/mail.ts'
import { makeDispatcher } from './platform/outbox/dispatcher.ts'
import { jobCarrier } from './platform/outbox/jobs.ts'
import { phoneCarrier } from './platform/phone/carrier.ts'
import { noPhone, type Phone } from './platform/phone/phone.ts'
import { type Front, makeServer } from './platform/web/server.ts'
import { assetRoutes } from './platform/web/static.ts'
import { guardForms, pageVariables, webRoutes } from './platform/web/web.ts'
import { every } from './slice.ts'
import { allSlices, type Service, slices } from './slices.ts'
import { phoneCode } from './ui/letter/phone-code.ts'
import { branded } from './ui/letter/writer.ts'
import type { World } from './world.ts'

const serviceOf = (world: World, { answer, refuse, followKeys }: Protocol): Service => ({
  ...world,
  answer,
  refuse,
  keys: {
    list: () => listKeys(world.db),
    rotate: (alsoWithin) => rotateKeys(world, alsoWithin),
    follow: followKeys,
  },
})

/** What a person sees. */
export function pages(world: World, protocol: Protocol) {
  const service = serviceOf(world, protocol)
  const everything = webRoutes()
    .onError(troubles(service))
    .notFound((c) => troubles(service)(undefined, c))
    .use(pageVariables(service), guardForms(service))
    .get('/', (c) => c.redirect('/account', 303))
  for (const { routes } of allSlices) if (routes) everything.route('/', routes(service))
  return everything
}

/** The operator's API. Its actor is the one token that there is. */
export function api(world: World, protocol: Protocol) {
  const byToken = { kind: 'api-token', id: 'admin' } as const
  const service = serviceOf({ ...world, actorOf: (asking) => ({ ...world.actorOf(asking), ...byToken }) }, protocol)
  const parts = allSlices.flatMap((slice) => slice.api?.(service) ?? [])
  return operatorApi(world, parts, Object.assign({}, ...allSlices.map(({ larger }) => larger)))
}

/** What is asked without a browser and without the operator's token. */
function plain(world: World, ping: () => Promise<void>) {
  const probes = assetRoutes(world.assets)
  for (const slice of allSlices) if (slice.plain) probes.route('/', slice.plain(world, { ping }))
  return probes
}

export type AppParts = { mailer: Mailer; phone?: Phone; ping(): Promise<void>; extra?: Front['handlers'] }
export type App = Awaited<ReturnType<typeof makeApp>>

/** The service, ready to listen. `extra` handlers come first: the aids of development. */
export async function makeApp(world: World, { mailer, phone = noPhone, ping, extra = [] }: AppParts) {
  const [protocol] = await Promise.all([makeProtocol(world), world.policies.follow()])
  const wordings = { 'phone-code': phoneCode(world.origin) }
  const dispatcher = makeDispatcher(world, {
    mail: mailCarrier(mailer, every(slices, 'letters'), (letter, language, { brand }) =>
      branded(letter, brand, language),
    ),
    sms: phoneCarrier(phone, 'sms', wordings),
    voice: phoneCarrier(phone, 'voice', wordings),
    job: jobCarrier(world, every(slices, 'jobs')),
    logout: protocol.sendLogout,
  })
  world.onPosted(dispatcher.nudge)
  const [everything, operators] = [pages(world, protocol), api(world, protocol)]
  const probes = plain(world, ping)
  const paths = [everything, operators, probes].flatMap((part) => part.routes.map(({ path }) => path))
  const server = makeServer({
    ...world,
    seen: watch(world, [...paths, ...everyPath]),
    handlers: [
      ...extra,
      { serves: servesProtocol, handle: protocol.handle },
      { serves: (path) => /^\/(assets|health|metrics)(\/|$)/.test(path), handle: getRequestListener(probes.fetch) },
      { serves: (path) => path.startsWith('/api/'), handle: getRequestListener(operators.fetch) },
      { serves: () => true, handle: getRequestListener(everything.fetch) },
    ],
  })
  const regularly = (pause: { ms: number }, work: () => Promise<unknown>, what: string) =>
    setInterval(() => void work().catch((error: unknown) => world.log.error({ err: error }, what)), pause.ms).unref()
  const timers: NodeJS.Timeout[] = []
  const keep = keeperOf(world.auditCheckpoints)
  const unsigned = 'the checkpoint of the audit log could not be written'

  return {
    server,
    protocol,
    dispatcher,
    start() {
      dispatcher.start()
      timers.push(regularly(seconds(5), protocol.followKeys, 'the keys could not be read'))
      timers.push(regularly(minutes(1), () => clearAway(world, expiring), 'what expired could not be deleted'))
      timers.push(regularly(seconds(5), world.policies.follow, 'the password policy could not be read'))
      timers.push(regularly(seconds(2), world.riskCache.refresh, 'the abuse signals could not be read'))
      timers.push(regularly(CHECKPOINT_EVERY, () => writeCheckpoint(world, keep), unsigned))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await dispatcher.stop(seconds(10))
      await writeCheckpoint(world, keep, true).catch((err: unknown) => world.log.error({ err }, unsigned))
      await mailer.close()
    },
  }
}
