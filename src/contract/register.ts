import type { Catalog } from './catalog.js'

/** Apps put their catalog here by declaration merging; see `defineCatalog`. */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface -- filled by the app
export interface Register {}

/** The registered catalog, or the loose one whose ids are plain strings. */
export type RegisteredCatalog = Register extends { catalog: infer C extends Catalog } ? C : Catalog

type Keys<T> = Extract<keyof T, string>

/** A plan of the registered catalog; any string where none is registered. */
export type PlanId = Keys<RegisteredCatalog['plans']>
/** The plans that a checkout can sell: all but the default one and those with a `contact`. */
export type SellablePlanId = string extends PlanId ? string : { [Plan in PlanId]: Sellable<Plan> }[PlanId]
/** A meter of it, likewise. */
export type MeterId = Keys<NonNullable<RegisteredCatalog['meters']>>
/** A feature of it, likewise. */
export type FeatureId = Keys<NonNullable<RegisteredCatalog['features']>>

type Sellable<Plan extends PlanId> = Plan extends RegisteredCatalog['defaultPlan']
  ? never
  : RegisteredCatalog['plans'][Plan] extends { contact: string }
    ? never
    : Plan
