/** The products as the service reads them at every request: kept for a few seconds, fresh at once where one is changed. */
import { after, type Clock, seconds } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/db.ts'
import { findProduct } from './store.ts'

type Known = Awaited<ReturnType<typeof findProduct>>
export type Catalogue = {
  find(id: string): Promise<Known>
  /** Called after a product was changed; other processes follow within five seconds. */
  changed(id: string): void
}

const FRESH = seconds(5)
const MOST = 10_000

export function makeCatalogue(db: Db, clock: Clock): Catalogue {
  const known = new Map<string, { product: Known; until: Date }>()
  return {
    async find(id) {
      const entry = known.get(id)
      if (entry && entry.until > clock.now()) return entry.product
      const product = await findProduct(db, id)
      if (known.size >= MOST) known.clear()
      known.set(id, { product, until: after(clock.now(), FRESH) })
      return product
    },
    changed: (id) => void known.delete(id),
  }
}
