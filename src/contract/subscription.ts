import type { PlanId } from './register.js'
import type { SubscriptionStatus } from './status.js'

/** A price of a product. Amounts are integer minor units of `currency`. */
export interface Price {
  id: string
  /** `null` where the amount depends on use, seats or the buyer. */
  amount: number | null
  /** ISO 4217, upper case. */
  currency: string
  type: 'recurring' | 'metered' | 'seat' | 'custom'
  recurringInterval: string | null
  /** Minor units for one unit, as a decimal string ("0.03"): metered and seat prices. */
  unitAmount?: string | null
  /** How many seats have to be bought at least. Seat prices alone; absent: nobody said. */
  minimumSeats?: number
  /** Up to how many seats each of them costs `unitAmount`: more may cost less. `null`: however many. Like `minimumSeats`. */
  unitAmountUpTo?: number | null
}

export interface Benefit {
  id: string
  type: string
  description: string
}

export interface Product {
  id: string
  name: string
  description: string | null
  recurringInterval: string | null
  prices: Price[]
  benefits: Benefit[]
}

export interface Order {
  id: string
  /** `completed` = paid; otherwise the provider's word. */
  status: string
  paid: boolean
  /** The total with tax, in minor units. */
  amount: number
  currency: string
  invoiceNumber: string | null
  /** A link that works for minutes; `null` until an invoice has been made. */
  invoicePdfUrl: string | null
  createdAt: string
  /** What was bought, in the provider's words. */
  description?: string
  /** What was paid back of the amount, in minor units. */
  refundedAmount?: number
}

/** A change that waits for the end of the period. There is none while the subscription ends or pauses then: whoever resumes has it again. */
export interface PendingChange {
  /** `null` if the product stays, or is one that the catalog does not name. */
  planType: PlanId | null
  /** How it renews then. `null` if the product stays, or is one that is not sold; absent: nobody said. */
  interval?: 'month' | 'year' | null
  seats: number | null
  appliesAt: string
}

/** The subscription in full. Without one: status `none`, ids and product `null`, amount 0. Dates are ISO 8601 in UTC. */
export interface Subscription {
  organizationId: string | null
  subscriptionId: string | null
  status: SubscriptionStatus
  planType: PlanId | null
  planName: string | null
  /** The recurring amount in minor units, after discounts and before tax; metered charges are not in it. */
  amount: number
  currency: string
  currentPeriodStart: string | null
  currentPeriodEnd: string | null
  trialStart: string | null
  trialEnd: string | null
  cancelAtPeriodEnd: boolean
  product: Product | null
  latestOrder: Order | null
  pendingChange: PendingChange | null
  /** It will be paused at the end of the period. */
  pauseAtPeriodEnd: boolean
  pausedAt: string | null
  resumesAt: string | null
  graceEndsAt: string | null
  seats: number | null
  /** When the provider was last read; `null` if nobody said. */
  asOf: string | null
  /** The provider could not be asked: this is the last known state. */
  stale: boolean
}

/** A subscription after completion: an amount that nobody named is `null`, not 0. */
export type CompleteSubscription = Omit<Subscription, PartlyUnknown> & {
  [K in PartlyUnknown]: Subscription[K] | null
}
type PartlyUnknown = 'amount' | 'currency'

/** What a backend may answer. */
export type PartialSubscription = Partial<Subscription> & Pick<Subscription, 'status'>
