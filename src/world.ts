/** The one place where real things are made: database, clock, chance, keys, outbox, hashing. Tests make another. */
import { availableParallelism } from 'node:os'
import { makeRiskCache, type RiskCache } from './core/limits/risk/risk-cache.ts'
import { type BrandOf, makeBrandOf } from './core/model/brand/brand.ts'
import { type HashLane, makeHashLane } from './core/model/password/hash-lane.ts'
import { type Hashing, makeHashing } from './core/model/password/hashing.ts'
import { makePolicies, type Policies } from './core/model/password/policy/policy-cache.ts'
import { makePlaces, type Places } from './core/model/place/places.ts'
import { type Catalogue, makeCatalogue } from './core/model/product/catalogue.ts'
import { STEPS, type Step } from './journey/next-step.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Db } from './platform/database/db.ts'
import type { Log } from './platform/log/log.ts'
import { type Metrics, makeMetrics } from './platform/log/metrics.ts'
import type { Outbox } from './platform/outbox/outbox.ts'
import { makeOutbox } from './platform/outbox/post.ts'
import { oneLine } from './platform/plain-text.ts'
import type { Random } from './platform/random.ts'
import { type Keyring, makeKeyring, sha256 } from './platform/secrets/keyring.ts'
import { reasonOf } from './platform/unavailable.ts'
import { type Addresses, makeAddresses, networkOf } from './platform/web/client-address.ts'
import { type CookieNames, cookieNames, readCookie } from './platform/web/cookies.ts'
import type { RequestSource } from './platform/web/web.ts'
import { type Settings, WrongSetting } from './settings.ts'
import { type Assets, loadAssets } from './ui/assets.ts'

export type World = {
  figures: Settings['figures']
  db: Db
  clock: Clock
  random: Random
  log: Log
  metrics: Metrics
  keyring: Keyring
  outbox: Outbox
  /** Registered by the dispatcher: called when a message was posted. */
  onPosted(listener: () => void): void
  lane: HashLane
  hashing: Hashing
  /** Checks proofs of work one after another. */
  proofLane: HashLane
  policies: Policies
  catalogue: Catalogue
  places: Places
  riskCache: RiskCache
  /** The steps of a journey, in their order. */
  steps: readonly Step[]
  brandOf: BrandOf
  /** Whether people may change their address themselves, and whom they ask for help: empty where nobody is named. */
  emailChange: boolean
  support: string
  assets: Assets
  origin: string
  development: boolean
  cookies: CookieNames
  adminToken: string
  metricsToken: string
  /** The file, or the address, that takes the checkpoints of the audit log; empty for none. */
  auditCheckpoints: string
  /** Where a request comes from, as far as it can be believed (platform/web/client-address.ts). */
  actorOf(asking: RequestSource): Actor
}

export type WorldOptions = {
  settings: Settings
  db: Db
  clock: Clock
  random: Random
  log: Log
  masterKeys: readonly [string, ...string[]]
  adminToken: string
}

export function makeWorld({ settings, db, clock, random, log, masterKeys, adminToken }: WorldOptions): World {
  const { values, url, development, figures } = settings
  const keyring = makeKeyring(masterKeys, random)
  const listeners: (() => void)[] = []
  const outbox = makeOutbox({ clock, random, keyring }, () => {
    for (const listener of listeners) listener()
  })
  const lane = makeHashLane(values.PASSERELLE_HASH_LANES || availableParallelism(), values.PASSERELLE_HASH_QUEUE)
  const cost = { memoryKib: values.PASSERELLE_HASH_MEMORY_KIB, passes: values.PASSERELLE_HASH_PASSES }
  const metrics = makeMetrics()
  const cookies = cookieNames(url.origin)
  return {
    figures,
    db,
    clock,
    random,
    log,
    metrics,
    keyring,
    outbox,
    onPosted: (listener) => void listeners.push(listener),
    lane,
    hashing: makeHashing(keyring, lane, random, cost),
    proofLane: makeHashLane(1, values.PASSERELLE_HASH_QUEUE),
    policies: makePolicies(db, figures.passwordMin),
    catalogue: makeCatalogue(db, clock),
    riskCache: makeRiskCache(db, clock),
    steps: STEPS,
    places: placesOf(values.PASSERELLE_GEOIP),
    brandOf: makeBrandOf({ name: values.PASSERELLE_NAME }),
    emailChange: values.PASSERELLE_EMAIL_CHANGE !== 'no',
    support: values.PASSERELLE_SUPPORT,
    assets: loadAssets(),
    origin: url.origin,
    development,
    cookies,
    adminToken,
    metricsToken: values.PASSERELLE_METRICS_TOKEN,
    auditCheckpoints: values.PASSERELLE_AUDIT_CHECKPOINTS,
    actorOf: actorReader(addressesOf(values, log), cookies),
  }
}

function placesOf(file: string): Places {
  try {
    return makePlaces(file)
  } catch (error) {
    throw new WrongSetting(`PASSERELLE_GEOIP names ${file}, which cannot be read as places: ${reasonOf(error)}`)
  }
}

const addressesOf = (values: Settings['values'], log: Log): Addresses =>
  makeAddresses(values.PASSERELLE_TRUSTED_PROXIES, values.PASSERELLE_FORWARDED_HEADER || 'any', (message) =>
    log.warn({}, message),
  )

const actorReader =
  (addresses: Addresses, cookies: CookieNames) =>
  ({ env, req }: RequestSource): Actor => {
    const remote = env?.incoming?.socket?.remoteAddress
    const address = addresses.clientAddress(remote, req.header('x-forwarded-for'), req.header('forwarded'))
    const network = networkOf(address)
    const name = readCookie(req.header('cookie'), cookies.browser)
    return {
      kind: 'person',
      id: null,
      request: String(env?.incoming?.headers?.['x-request-id'] ?? ''),
      network,
      userAgent: oneLine((req.header('user-agent') ?? '').slice(0, 300)),
      browser: name ? sha256(name) : '',
    }
  }
