import { type Catalog, type PlanId, findPlan, sellablePlans } from '../contract/index.js'

export type Interval = 'month' | 'year'

/** The provider's product of a plan: one id, or one for each interval. `legacy` products are recognised and no longer sold. */
export type PlanProduct =
  | string
  | { month?: string | undefined; year?: string | undefined; legacy?: readonly string[] | undefined }

export interface PlanOffer {
  interval: Interval
  productId: string
}

/** Which product belongs to which plan, both ways. */
export interface ProductMap {
  /** What can be bought of the plan; empty: not for sale here. */
  offersOf(planType: string): PlanOffer[]
  planOf(productId: string): PlanId | null
}

export function createProductMap(
  catalog: Catalog,
  products: Readonly<Record<string, PlanProduct | undefined>>,
): ProductMap {
  const sellable = new Set(sellablePlans(catalog))
  const planByProduct = new Map<string, string>()
  for (const [planType, product] of Object.entries(products)) {
    for (const id of product === undefined ? [] : idsOf(product)) {
      assertUnique(planByProduct, id, planType)
      planByProduct.set(id, planType)
    }
  }
  return {
    offersOf: (planType) => {
      const product =
        sellable.has(planType) && Object.hasOwn(products, planType) ? products[planType] : undefined
      return product === undefined ? [] : toOffers(product)
    },
    planOf: (productId) => planByProduct.get(productId) ?? null,
  }
}

function toOffers(product: PlanProduct): PlanOffer[] {
  if (typeof product === 'string') return [{ interval: 'month', productId: product }]
  return (['month', 'year'] as const).flatMap((interval) => {
    const productId = product[interval]
    return productId === undefined ? [] : [{ interval, productId }]
  })
}

function idsOf(product: PlanProduct): string[] {
  const legacy = typeof product === 'string' ? [] : (product.legacy ?? [])
  return [...toOffers(product).map(({ productId }) => productId), ...legacy]
}

function assertUnique(planByProduct: ReadonlyMap<string, string>, id: string, planType: string): void {
  const other = planByProduct.get(id)
  if (other === undefined || other === planType) return
  throw new TypeError(
    `polar-billing-kit: products names ${id} for both "${other}" and "${planType}". A product belongs to one plan.`,
  )
}

/** Names in `products` that the catalog does not have. */
export function strayProducts(catalog: Catalog, products: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(products).filter((planType) => findPlan(catalog, planType) === undefined)
}
