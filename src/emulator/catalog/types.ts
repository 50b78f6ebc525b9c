import type { models } from '@polar-sh/sdk/2026-10'

/**
 * What the emulated organization sells, as plain data. Keys are yours: they join the parts and, for entries
 * without an `id`, give the same UUID in every run.
 *
 * @example
 * createPolarEmulator({
 *   catalog: {
 *     meters: { calls: { name: 'API calls', event: 'api_call' } },
 *     benefits: { calls: { type: 'meter_credit', meter: 'calls', units: 1000, description: '1,000 calls a month' } },
 *     products: {
 *       pro: {
 *         name: 'Pro',
 *         interval: 'month',
 *         prices: [{ type: 'fixed', amount: 2900 }, { type: 'metered', meter: 'calls', unitAmount: '0.5' }],
 *         benefits: ['calls'],
 *       },
 *     },
 *   },
 * })
 */
export interface EmulatorCatalog {
  organization?: { name?: string; slug?: string }
  meters?: Readonly<Record<string, CatalogMeter>>
  benefits?: Readonly<Record<string, CatalogBenefit>>
  products: Readonly<Record<string, CatalogProduct>>
}

/** What a meter counts. */
export interface CatalogMeter {
  id?: string
  name: string
  /** Counts events of this name. Short for a `filter` with one clause. */
  event?: string
  filter?: models.Filter
  /**
   * Adds up this number of each event's metadata. Short for an `aggregation`; without both events are
   * counted.
   */
  sum?: string
  aggregation?: models.CountAggregation | models.PropertyAggregation | models.UniqueAggregation
}

/** What comes with a product. */
export type CatalogBenefit = {
  id?: string
  description: string
  metadata?: Readonly<Record<string, string | number | boolean>>
} & (
  | { type: 'feature_flag' }
  | { type: 'custom'; note?: string }
  | { type: 'meter_credit'; meter: string; units: number; rollover?: boolean }
)

/** What is sold, and at which prices. */
export interface CatalogProduct {
  id?: string
  name: string
  description?: string
  /** Absent for a product that is bought once. */
  interval?: models.RecurringInterval
  intervalCount?: number
  prices: readonly CatalogPrice[]
  trial?: { interval: models.TrialInterval; count: number }
  /** Keys of `benefits`. */
  benefits?: readonly string[]
  metadata?: Readonly<Record<string, string | number | boolean>>
  visibility?: models.ProductVisibility
  archived?: boolean
}

/** One price of a product. Amounts are in minor units. `currency` is a lower-case code, `usd` by default. */
export type CatalogPrice = { id?: string; currency?: string } & (
  | { type: 'fixed'; amount: number }
  | { type: 'custom'; minimum?: number; maximum?: number; preset?: number }
  | {
      type: 'seat'
      /** Of each seat. */
      amount: number
      minimumSeats?: number
      maximumSeats?: number
      /** What a seat costs from so many on. */
      tiers?: readonly { from: number; amount: number }[]
      /** A tier's amount is that of the seats in it, not of all. @default false */
      graduated?: boolean
    }
  | { type: 'metered'; meter: string; unitAmount: string; cap?: number }
)
