/** The demo: registers two sample products with the service and runs them beside it. */

import { Refusal } from '../src/cli/refusal.ts'
import { theServiceItself } from '../src/core/history/history.ts'
import type { ProductId } from '../src/core/product/product.ts'
import { findProduct } from '../src/core/product/store.ts'
import { addProduct, rotateSecret } from '../src/operator/products/rules.ts'
import { reasonOf } from '../src/platform/database/unavailable.ts'
import type { World } from '../src/world.ts'
import { type Registration, sampleProducts } from './products/products.ts'
import { type RunningProduct, startProduct } from './products/start-product.ts'

/** What there is to look at, and how to stop it. */
export type Demo = { places: { name: string; url: string }[]; stop(): Promise<void> }

export async function startDemo(world: World): Promise<Demo> {
  const running: (RunningProduct & { name: string })[] = []
  const stop = async () => {
    for (const product of running) await product.close()
  }
  try {
    for (const sample of sampleProducts) {
      const clientSecret = await register(world, sample)
      const settings = { ...sample, issuer: world.origin, clientId: sample.id, clientSecret, now: world.clock.now }
      const started = await startProduct(settings).catch((error: unknown) => {
        throw new Refusal('port-unusable', `${sample.name} of the demo cannot be started: ${reasonOf(error)}`)
      })
      running.push({ ...started, name: sample.name })
    }
  } catch (error) {
    await stop()
    throw error
  }
  const products = running.map(({ name, url }) => ({ name, url }))
  const places = [
    { name: 'the account service', url: world.origin },
    ...products,
    { name: 'mails, texts and calls', url: `${world.origin}/dev/inbox` },
  ]
  return { places, stop }
}

/** A new secret at every start: the products of the demo keep nothing. */
async function register(world: World, sample: Registration): Promise<string> {
  if (await findProduct(world.db, sample.id)) {
    const rotated = await rotateSecret(world, sample.id, theServiceItself)
    if (rotated.ok) return rotated.secret
  }
  const added = await addProduct(world, registration(sample), theServiceItself)
  if (!added.ok || added.secret === null) throw new Error(`the sample product ${sample.id} could not be registered`)
  return added.secret
}

const registration = (sample: Registration) => ({
  id: sample.id as string as ProductId,
  name: sample.name,
  thirdParty: false,
  public: false,
  redirectUris: sample.redirectUris,
  postLogoutRedirectUris: sample.postLogoutRedirectUris,
  backchannelLogoutUri: sample.backchannelLogoutUri,
  grants: ['authorization_code', 'refresh_token'] as const,
  native: false,
  idTokenAlgorithm: 'ES256' as const,
  resources: [],
  scopes: [],
})
