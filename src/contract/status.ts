import type { PlanId } from './register.js'

/**
 * `none` = never bought. `past_due` = a payment failed; usable until `graceEndsAt`. `incomplete` = the first payment is not
 * through. Everything that has ended is `canceled`.
 */
export type SubscriptionStatus =
  | 'none'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'paused'
  | 'canceled'
  | 'incomplete'

/** Where a checkout stands. `confirmed` is not paid yet: the bank may still refuse. */
export type CheckoutState = 'open' | 'confirmed' | 'succeeded' | 'expired'

/** What one organization has, now. Dates are ISO 8601 in UTC. */
export interface BillingStatus {
  organizationId: string | null
  status: SubscriptionStatus
  /** Whether the plan may be used: active, trialing, or past due and still in grace. */
  isActive: boolean
  isTrial: boolean
  /** `null` without a subscription, and for a product that the catalog does not name. */
  planType: PlanId | null
  /** The plan's name; the default plan's without a subscription; `null` if nobody said. */
  planName: string | null
  /** When the plan stops being usable or renews; see `cancelAtPeriodEnd`. */
  expiresAt: string | null
  /** Whether any subscription is active or trialing. */
  hasActiveSubscription: boolean
  /** The billing provider's id of the customer; `null` before the first purchase. */
  customerId: string | null
  /** Metered charges of the running period in minor units, as the provider counts them; `null` if nobody said. */
  estimatedCostCents: number | null
  cancelAtPeriodEnd: boolean
  /** Past due: until when the plan stays usable. */
  graceEndsAt: string | null
  /** When the provider was last read; `null` if nobody said. */
  asOf: string | null
  /** The provider could not be asked: this is the last known state. */
  stale: boolean
  /** Only where a checkout was asked about. */
  checkout?: CheckoutState
}

export interface StatusInput {
  /** Also say where this checkout stands. */
  checkoutId?: string | undefined
  /** Ask the provider again instead of trusting a reading of the last seconds. */
  fresh?: boolean | undefined
}

/** What a backend may answer: any part that says whether something is active. */
export type PartialStatus = Partial<BillingStatus>
