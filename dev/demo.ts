/** The demo: registers two sample products with the service and runs them beside it. */
import { findProduct } from '../src/core/product/store.ts'
import type { ProductId } from '../src/core/product/product.ts'
import { theServiceItself } from '../src/core/history/history.ts'
import { addProduct, rotateSecret } from '../src/operator/products/rules.ts'
import type { World } from '../src/world.ts'
import { type Registration, sampleProducts } from './products/products.ts'
import { type RunningProduct, startProduct } from './products/start-product.ts'

/** Starts the products; answers how to stop them. */
export async function startDemo(world: World): Promise<() => Promise<void>> {
  const running: RunningProduct[] = []
  for (const sample of sampleProducts) {
    const clientSecret = await register(world, sample)
    running.push(await startProduct({ ...sample, issuer: world.origin, clientId: sample.id, clientSecret, now: world.clock.now }))
  }
  const lines = [
    `  the account service   ${world.origin}`,
    ...sampleProducts.map((sample, at) => `  ${sample.name.padEnd(21)} ${running[at]?.url}`),
    `  the mail it sends     ${world.origin}/dev/inbox`,
  ]
  process.stdout.write(`\nPasserelle is ready. Open a product and create an account:\n\n${lines.join('\n')}\n\nCtrl-C stops it.\n\n`)
  return async () => {
    for (const product of running) await product.close()
  }
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
