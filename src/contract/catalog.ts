/** The flat numbers of a usage answer that a meter can fill. */
export type UsageField = 'databaseCount' | 'totalStorageGb' | 'totalRequests'

export interface CatalogMeter {
  /** What users read: "Characters". */
  name: string
  /** The unit in the plural, lower case: "characters". */
  unit: string
  /** Also answer this meter's sum under a flat name. */
  field?: UsageField | undefined
  /** `polar` (the default): counted from usage events. `app`: a gauge that the app itself reads. */
  source?: 'polar' | 'app' | undefined
}

export interface CatalogFeature {
  name: string
}

/** A number for every period, or one for a month and another one for a year, where a plan that is paid by the year allows more. */
export type ByInterval<Quantity> = Quantity | { readonly month: Quantity; readonly year: Quantity }

export interface CatalogPlan<Meter extends string = string, Feature extends string = string> {
  /** What users read: "Pro". */
  name: string
  description?: string | undefined
  /** The most that may be used in a period; `null` = unlimited. */
  limits?: { readonly [M in Meter]?: ByInterval<number | null> | undefined } | undefined
  /**
   * What the price covers in a period: the provider credits it. Without it the limit counts as covered. Of a
   * plan that is sold by seats: what comes with each seat that somebody has.
   */
  included?: { readonly [M in Meter]?: ByInterval<number> | undefined } | undefined
  features?: readonly Feature[] | undefined
  recommended?: boolean | undefined
  /** A `mailto:` or page instead of a checkout. Such a plan is not for sale here. */
  contact?: string | undefined
}

/** What is sold, as plain data without secrets: browser and server share it. */
export interface Catalog {
  /** ISO 4217, upper case. */
  readonly currency: string
  /** Applies without a subscription and cannot be bought. */
  readonly defaultPlan: string
  /** From the smallest plan to the largest. */
  readonly plans: Readonly<Record<string, CatalogPlan>>
  readonly meters?: Readonly<Record<string, CatalogMeter>> | undefined
  readonly features?: Readonly<Record<string, CatalogFeature>> | undefined
}

/**
 * Declares the catalog and keeps its plan, meter and feature ids as literal types. Register it once, and a wrong id does not
 * compile anywhere in the kit:
 *
 * ```ts
 * export const catalog = defineCatalog({ currency: 'USD', defaultPlan: 'free', plans: { free: { name: 'Free' }, pro: { name: 'Pro' } } })
 * declare module 'polar-billing-kit' {
 *   interface Register { catalog: typeof catalog }
 * }
 * ```
 */
export function defineCatalog<
  const Plans extends Record<string, CatalogPlan<Keys<Meters>, Keys<Features>>>,
  const DefaultPlan extends Keys<Plans>,
  const Meters extends Record<string, CatalogMeter> = Record<never, CatalogMeter>,
  const Features extends Record<string, CatalogFeature> = Record<never, CatalogFeature>,
>(catalog: {
  currency: string
  defaultPlan: DefaultPlan
  plans: Plans
  meters?: Meters
  features?: Features
}): { currency: string; defaultPlan: DefaultPlan; plans: Plans; meters: Meters; features: Features } {
  return { meters: {} as Meters, features: {} as Features, ...catalog }
}

type Keys<T> = Extract<keyof T, string>
