/** Starts the service from its settings: the database, the world, the app, and an orderly end. */
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type App, type Given, makeApp } from '../app.ts'
import { type Clock, seconds } from '../platform/clock.ts'
import { migrate } from '../platform/database/migrate.ts'
import { type OpenDatabase, openDatabase } from '../platform/database/open.ts'
import type { Log } from '../platform/log/log.ts'
import type { Mailer } from '../platform/mail/mail.ts'
import { makeSmtpMailer } from '../platform/mail/smtp.ts'
import { systemRandom } from '../platform/random.ts'
import { closeServer, listen } from '../platform/web/server.ts'
import { type Settings, WrongSetting } from '../settings.ts'
import { makeWorld, type World } from '../world.ts'
import { keptSecret, proveMasterKey } from './secrets.ts'

export type Running = { world: World; app: App; port: number; database: OpenDatabase; stop(): Promise<void> }

export type Options = {
  settings: Settings
  log: Log
  clock: Clock
  /** Takes the mail where no SMTP server is set: the inbox of development. */
  inbox?: Mailer
  extra?: (world: World) => NonNullable<Given['extra']>
}

/** @throws one line fit for a terminal: a wrong setting, a database that is away, a port that is taken */
export async function start({ settings, log, clock, inbox, extra }: Options): Promise<Running> {
  const { values, figures: _figures } = settings
  const mailer = values.SMTP_URL
    ? makeSmtpMailer({ url: values.SMTP_URL, from: values.MAIL_FROM, origin: settings.url.origin })
    : inbox
  if (!mailer) throw new WrongSetting('SMTP_URL is needed: there is no inbox outside development')
  const folder = values.PASSERELLE_DATA
  makeFolder(folder)
  const database = await openDatabase(
    values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL, poolSize: values.DATABASE_POOL }
      : { kind: 'embedded', folder },
    { log: (message) => log.warn({}, message) },
  )
  try {
    await migrate(database.db, { clock, onStep: (step) => log.info({ migration: step.name }, 'migrated') })
    const masterKey = values.PASSERELLE_SECRET || keptSecret(join(folder, 'master-key'), systemRandom)
    const adminToken = values.PASSERELLE_ADMIN_TOKEN || keptSecret(join(folder, 'admin-token'), systemRandom)
    const masterKeys = [masterKey, ...values.PASSERELLE_SECRET_FORMER] as const
    const world = makeWorld({ settings, db: database.db, clock, random: systemRandom, log, masterKeys, adminToken })
    await proveMasterKey(database.db, world.keyring)
    const app = await makeApp(world, { mailer, ping: () => database.ping(), ...(extra && { extra: extra(world) }) })
    const port = await listen(app.server, values.PORT, values.HOST)
    app.start()
    log.info({ url: settings.url.origin, port, database: database.describe() }, 'Passerelle is ready')
    const stop = async () => {
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

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    throw new WrongSetting(`PASSERELLE_DATA: the folder ${basename(folder)} cannot be made or written (${folder})`)
  }
}
