/** Where oidc-provider keeps things: products and sessions have tables of their own, everything else is a record. */
import type { Adapter } from 'oidc-provider'
import type { ProtocolNeeds } from '../needs.ts'
import { clientMetadata } from './client-metadata.ts'
import { records } from './records.ts'
import { browserSessions } from './sessions.ts'

export const makeAdapter =
  (needs: ProtocolNeeds) =>
  (model: string): Adapter => {
    if (model === 'Client') return products(needs)
    if (model === 'Session') return browserSessions(needs)
    return records(needs, model)
  }

const nothing = async (): Promise<undefined> => undefined

/** What an id can look like; anything else is not worth a question to the database. */
const PRODUCT_ID = /^[\w.-]{1,64}$/

const products = ({ catalogue }: ProtocolNeeds): Adapter => ({
  async find(id) {
    const product = PRODUCT_ID.test(id) ? await catalogue.find(id) : undefined
    return product && clientMetadata(product)
  },
  upsert: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
})
