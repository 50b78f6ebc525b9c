import type { Catalog, CatalogPlan } from './catalog.js'

/** The plan of that id, or `undefined`; `__proto__` and friends are not plans. */
export function findPlan(
  catalog: Catalog | undefined,
  planType: string | null | undefined,
): CatalogPlan | undefined {
  return catalog !== undefined && typeof planType === 'string' && Object.hasOwn(catalog.plans, planType)
    ? catalog.plans[planType]
    : undefined
}

/** The ids of the plans that a checkout can sell, in the catalog's order. */
export function sellablePlans(catalog: Catalog): string[] {
  return Object.keys(catalog.plans).filter(
    (id) => id !== catalog.defaultPlan && catalog.plans[id]?.contact === undefined,
  )
}
