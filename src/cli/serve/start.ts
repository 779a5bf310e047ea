/** Starts the service from its settings: the database, the world, the app, and an orderly end. */
import type { App, AppParts } from '../../app.ts'
import { type Clock, seconds } from '../../platform/clock.ts'
import { migrate } from '../../platform/database/migrate.ts'
import type { OpenDatabase } from '../../platform/database/open.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import { noPhone, type Phone } from '../../platform/phone/phone.ts'
import { systemRandom } from '../../platform/random.ts'
import { reasonOf } from '../../platform/unavailable.ts'
import { closeServer, listen } from '../../platform/web/server.ts'
import { type Settings, WrongSetting } from '../../settings.ts'
import { makeWorld, type World } from '../../world.ts'
import { Refusal } from '../client/refusal.ts'
import { openOurs, phoneProvider, smtpMailer } from '../installation/connections.ts'
import { ownSecrets, proveMasterKey } from '../installation/secrets.ts'

export type Running = { world: World; app: App; port: number; database: OpenDatabase; stop(): Promise<void> }

export type Options = {
  settings: Settings
  log: Log
  clock: Clock
  /** Takes the mail where no SMTP server is set, and the texts and calls where no provider is. */
  inbox?: Mailer & { phone: Phone }
  extra?: (world: World) => NonNullable<AppParts['extra']>
  /** Starts what runs beside it, with the same database, before anyone is told that it is ready. */
  beside?: ((world: World) => Promise<{ stop(): Promise<void> }>) | undefined
}

/** @throws one line fit for a terminal: a wrong setting, a database that is away, a port that is taken */
export async function start({ settings, log, clock, inbox, extra, beside }: Options): Promise<Running> {
  const { values } = settings
  const mailer = smtpMailer(settings) ?? inbox
  if (!mailer) throw new WrongSetting('SMTP_URL is needed: there is no inbox outside development')
  const phone = phoneProvider(settings) ?? inbox?.phone ?? noPhone
  // The database opens on another processor while this one loads the rest of the program.
  const opening = openOurs(values, { log: (message) => log.warn({}, message) })
  const [database, { makeApp }] = await Promise.all([opening, loadApp()])
  try {
    await migrate(database.db, {
      clock,
      onStep: (step) => log.info({ migration: step.name }, 'migrated'),
    })
    const secrets = ownSecrets(values, systemRandom)
    const world = makeWorld({ settings, db: database.db, clock, random: systemRandom, log, ...secrets })
    await proveMasterKey(database.db, world.keyring, values)
    const given = { mailer, phone, ping: () => database.ping(), ...(extra && { extra: extra(world) }) }
    const app = await makeApp(world, given)
    const others = await beside?.(world)
    const port = await listen(app.server, values.PORT, values.HOST).catch(async (error: unknown) => {
      await others?.stop()
      throw new Refusal('port-unusable', reasonOf(error))
    })
    if (!settings.https && port !== Number(settings.url.port || 80))
      log.warn({}, `PASSERELLE_URL is ${settings.url.origin}, but it listens on port ${port}`)
    app.start()
    log.info({ url: settings.url.origin, port, database: database.describe() }, 'Passerelle is ready')
    const stop = async () => {
      await others?.stop()
      await closeServer(app.server, seconds(10))
      await app.stop()
      await database.close()
    }
    return { world, app, port, database, stop }
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * The rest of the program. While it loads, oidc-provider (lib/index.js) warns of every Node.js before 22, with no way to
 * tell it otherwise; we support 20.19 and are tested on it. That line is held back, and no other.
 */
async function loadApp(): Promise<typeof import('../../app.ts')> {
  const { warn } = console
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes('oidc-provider WARNING: Unsupported runtime.')) warn(...said)
  }
  return import('../../app.ts').finally(() => {
    console.warn = warn
  })
}
