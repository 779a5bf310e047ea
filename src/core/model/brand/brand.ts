/** The face that the service shows: the name that pages, letters and messages call it by, and what else stands for it. */
import type { ProductId } from '../product/product.ts'

/** `privacy`: the address of the privacy notice. */
export type Brand = { name: string; privacy?: string }

/** The brand in which somebody on the way to a product is spoken to; of the account itself, where they are on the way to none. */
export type BrandOf = (product?: ProductId) => Brand

export type BrandNeeds = { brandOf: BrandOf }

/** `ofProducts`: of those that show another face than the service. */
export const makeBrandOf =
  (service: Brand, ofProducts: ReadonlyMap<ProductId, Brand> = new Map()): BrandOf =>
  (product) =>
    (product && ofProducts.get(product)) ?? service
