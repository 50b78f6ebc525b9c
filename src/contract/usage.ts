import type { UsageField } from './catalog.js'
import type { MeterId } from './register.js'

/** One meter in the running period, in its own unit. Quantities may be fractional. */
export interface MeterUsage {
  key: MeterId
  name: string
  unit: string
  /** What the provider has counted. */
  used: number
  /** Accepted by the server and not yet in `used`. */
  pending: number
  /** What the price covers: what the provider credited, else what the catalog says, else the limit, if no unit has a price. */
  included: number
  /** `null` = unlimited. */
  limit: number | null
  /** `null` if unlimited, else never below 0. */
  remaining: number | null
  /** What lies above `included`. */
  overage: number
  /** The provider's charge for this meter so far, in minor units. */
  amountCents: number
}

/** The running period's usage. Dates are ISO 8601 in UTC. */
export interface Usage extends Partial<Record<UsageField, number>> {
  meters: MeterUsage[]
  currency: string
  /** Metered charges so far in minor units, as the provider counts them. */
  estimatedCostCents: number
  /** Subscription and metered charges in major units (29.5), before tax. */
  totalCost: number
  billingPeriodStart: string
  billingPeriodEnd: string
  periodStart: string
  /** `billingPeriodEnd` less one second. */
  periodEnd: string
  /** When the provider counted. */
  generatedAt: string
  /** The provider could not be asked: this is the last known count. */
  stale: boolean
}

/** What a backend may answer: without `meters`, the flat numbers of the catalog's meters stand in for them. */
export type PartialUsage = Partial<Usage>

/** A meter after completion. What nobody said is absent: a `limit` of `null` would promise that there is none. */
export type CompleteMeterUsage = Pick<MeterUsage, 'key' | 'name' | 'unit' | 'used' | 'pending'> &
  Partial<MeterUsage>

/** Usage after completion: what nobody said is `null`. */
export type CompleteUsage = Omit<Usage, PartlyUnknown | 'meters'> & {
  [K in PartlyUnknown]: Usage[K] | null
} & {
  meters: CompleteMeterUsage[]
}
type PartlyUnknown = Exclude<keyof Usage, 'meters' | 'currency' | 'stale' | UsageField>
