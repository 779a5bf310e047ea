/** A whole service for tests: a real database, a clock you move, a letter box you open, a browser that keeps cookies. */

import { after } from 'node:test'
import { type App, makeApp } from '../app.ts'
import type { Product, ProductId } from '../core/model/product/product.ts'
import { ensureKeys } from '../oidc/keys/keys.ts'
import { insertKey, listKeys } from '../oidc/keys/store.ts'
import { addProduct } from '../operator/products/rules.ts'
import { system } from '../platform/actor.ts'
import { type MovableClock, movableClock, seconds } from '../platform/clock.ts'
import { type Db, transact } from '../platform/database/db.ts'
import { type TestDatabase, testDatabase } from '../platform/database/testing.ts'
import { type Log, silentLog } from '../platform/log/log.ts'
import type { Mail, Mailer } from '../platform/mail/mail.ts'
import type { Phone, PhoneMessage } from '../platform/phone/phone.ts'
import { systemRandom } from '../platform/random.ts'
import { listen } from '../platform/web/server.ts'
import { readSettings, type Settings } from '../settings.ts'
import { makeWorld, type World } from '../world.ts'
import { type Browser, makeBrowser } from './browser.ts'
import { keepKeys, knownKeys } from './signing-keys.ts'

export type LetterBox = Mailer & {
  letters: Mail[]
  /** The newest letter to an address. @throws when there is none */
  newest(to: string): Mail
  /** Takes texts and calls. */
  phone: Phone
  texts: PhoneMessage[]
  /** The newest text or call to a number. @throws when there is none */
  newestText(to: string): PhoneMessage
}

export function makeLetterBox(): LetterBox {
  const letters: Mail[] = []
  const texts: PhoneMessage[] = []
  return {
    letters,
    texts,
    newestText(to) {
      const found = texts.findLast((text) => text.to === to)
      if (!found) throw new Error(`no text to ${to}`)
      return found
    },
    phone: {
      async send(message) {
        texts.push(message)
        return 'queued'
      },
    },
    newest(to) {
      const found = letters.findLast((letter) => letter.to === to)
      if (!found) throw new Error(`no letter to ${to}`)
      return found
    },
    async send(mail) {
      letters.push(mail)
      return '250 taken'
    },
    async close() {},
  }
}

export type TestWorld = World & {
  settings: Settings
  clock: MovableClock
  box: LetterBox
  statementsOf: TestDatabase['statementsOf']
}

/** Far below what the settings allow: what a password or a proof of work is worth does not change what becomes of it. */
const CHEAP_HASHES = { PASSERELLE_HASH_MEMORY_KIB: 64, PASSERELLE_HASH_PASSES: 1 }
const CHEAP_WORK = { challengeCost: 1 }

/** An empty database and everything around it. Hashes and proofs cost next to nothing, unless the environment names what they cost. */
export async function testWorld(environment: Record<string, string> = {}, log: Log = silentLog): Promise<TestWorld> {
  const database = await testDatabase()
  await database.reset()
  const read = readSettings({ PASSERELLE_URL: 'http://localhost:3000', ...environment })
  const hashes = environment.PASSERELLE_HASH_MEMORY_KIB ? {} : CHEAP_HASHES
  const work = environment.PASSERELLE_CHALLENGE_COST ? {} : CHEAP_WORK
  const settings = { ...read, values: { ...read.values, ...hashes }, figures: { ...read.figures, ...work } }
  const { db, statementsOf } = database
  return worldAround({ settings, db, log, clock: movableClock(), box: makeLetterBox(), statementsOf })
}

/** The same once more, as another process would make it: what is not in the database is gone. */
export const restarted = (world: TestWorld): TestWorld => worldAround(world)

/** The same program on another database, with another master key: what whoever has a copy of ours can make of it. */
export const onCopy = (world: TestWorld, db: Db, masterKey: string): TestWorld =>
  worldAround({ ...world, db }, masterKey)

type Around = Pick<TestWorld, 'settings' | 'db' | 'log' | 'clock' | 'box' | 'statementsOf'>

const MASTER_KEY = 'the master key of the tests, long enough'

function worldAround({ settings, db, log, clock, box, statementsOf }: Around, masterKey = MASTER_KEY): TestWorld {
  const masterKeys = [masterKey] as const
  const given = { settings, clock, masterKeys, db, random: systemRandom, log }
  const world = makeWorld({ ...given, adminToken: 'the operator of the tests, long enough' })
  return { ...world, settings, clock, box, statementsOf }
}

/** The service of a test world. Its keys were made for an earlier one, if there was one. */
export async function testApp(world: TestWorld): Promise<App> {
  const isNew = (await listKeys(world.db)).length === 0
  const known = knownKeys()
  await transact(world.db, async (tx) => {
    for (const key of isNew ? known : []) await insertKey(tx, key)
  })
  await ensureKeys(world)
  if (known.length === 0) keepKeys(await listKeys(world.db))
  return makeApp(world, { mailer: world.box, phone: world.box.phone, ping: async () => {} })
}

export type TestService = TestWorld & {
  app: App
  /** Where it really listens; it believes to be at `origin`. */
  base: string
  browser(): Browser
  /** Carries out all that waits in the outbox. */
  post(): Promise<void>
}

export const testService = async (environment: Record<string, string> = {}, log = silentLog): Promise<TestService> =>
  serviceOf(await testWorld(environment, log))

/** The service of a test world, listening on a loopback port until the test file ends. */
export async function serviceOf(world: TestWorld): Promise<TestService> {
  const app = await testApp(world)
  const port = await listen(app.server, 0, '127.0.0.1')
  after(() => {
    app.server.closeAllConnections()
    app.server.close()
    void app.dispatcher.stop(seconds(1))
  })
  const base = `http://127.0.0.1:${port}`
  return { ...world, app, base, browser: () => makeBrowser(world.origin, base), post: () => app.dispatcher.drain() }
}

/** Registers a product with usual settings; answers its secret. */
export async function testProduct(world: World, id: string, more: Partial<Product> = {}): Promise<string | null> {
  const product: Product = {
    id: id as ProductId,
    name: id,
    thirdParty: false,
    public: false,
    redirectUris: [`http://localhost:4000/${id}/callback`],
    postLogoutRedirectUris: [`http://localhost:4000/${id}/`],
    backchannelLogoutUri: null,
    grants: ['authorization_code', 'refresh_token'],
    native: false,
    idTokenAlgorithm: 'ES256',
    resources: [],
    scopes: [],
    ...more,
  }
  const added = await addProduct(world, product, system)
  if (!added.ok) throw new Error(`the product was refused: ${added.reason}`)
  return added.secret
}
