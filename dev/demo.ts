/** The demo: registers two sample products with the service and runs them beside it. */

import { Refusal } from '../src/cli/client/refusal.ts'
import type { Product, ProductId } from '../src/core/model/product/product.ts'
import { findProduct } from '../src/core/model/product/store.ts'
import { addProduct, removeProduct, rotateSecret } from '../src/operator/products/rules.ts'
import { system } from '../src/platform/actor.ts'
import type { World } from '../src/world.ts'
import { type SampleProduct, sampleProducts } from './products/products.ts'
import { type RunningProduct, startProduct } from './products/start-product.ts'

/** What there is to look at. `port`: of the service, 0 for any. */
export function placesOf(world: World, port: number): { name: string; url: string }[] {
  return [
    { name: 'the account service', url: world.origin },
    ...sampleProducts(port || undefined).map(({ name, url }) => ({ name, url })),
    { name: 'mails, texts and calls', url: `${world.origin}/dev/inbox` },
  ]
}

/** @throws one clear line: a port that is taken */
export async function startDemo(world: World, port: number): Promise<{ stop(): Promise<void> }> {
  const running: RunningProduct[] = []
  const stop = async () => {
    for (const product of running) await product.close()
  }
  try {
    for (const sample of sampleProducts(port || undefined)) {
      const clientSecret = await register(world, sample)
      const settings = { ...sample, issuer: world.origin, clientId: sample.id, clientSecret, now: world.clock.now }
      running.push(await startProduct(settings).catch((error: unknown) => cannotStart(sample, error)))
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

function cannotStart({ name, port }: SampleProduct, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : error
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`
  throw new Refusal(
    'port-unusable',
    `port ${port} for ${name} of the demo ${why}; set PORT to another: the demo takes it and the next two`,
  )
}

/** A new secret at every start: the products of the demo keep nothing. One that stood elsewhere begins anew. */
async function register(world: World, sample: SampleProduct): Promise<string> {
  const product = registration(sample)
  const known = await findProduct(world.db, sample.id)
  if (known && String(known.redirectUris) !== String(product.redirectUris))
    await removeProduct(world, sample.id, system)
  else if (known) {
    const rotated = await rotateSecret(world, sample.id, system)
    if (rotated.ok) return rotated.secret
  }
  const added = await addProduct(world, product, system)
  if (!added.ok || added.secret === null) throw new Error(`the sample product ${sample.id} could not be registered`)
  return added.secret
}

const registration = (sample: SampleProduct): Product => ({
  id: sample.id as string as ProductId,
  name: sample.name,
  thirdParty: false,
  public: false,
  redirectUris: sample.redirectUris,
  postLogoutRedirectUris: sample.postLogoutRedirectUris,
  backchannelLogoutUri: sample.backchannelLogoutUri,
  grants: ['authorization_code', 'refresh_token'],
  native: false,
  idTokenAlgorithm: 'ES256',
  resources: [],
  scopes: [],
})
