import type { Order, Seats, SeatsUpdate, UsageInterval, UsagePoint } from '../contract/index.js'
import type {
  CheckoutOrder,
  CustomerReading,
  OpenedCheckout,
  OutgoingUsage,
  ProviderCheckout,
  ProviderMeter,
  ProviderProduct,
  ProviderSubscription,
  SeatSubscription,
  SubscriptionChange,
  UsageMetadata,
  UsageReceipt,
  Webhook,
} from './provider.js'

/**
 * What the server needs of a payment provider, in neutral words: the seam between the kit and a vendor's API. Every method throws
 * `BillingError`: `SERVICE_UNAVAILABLE` (with `retryAfter`) when the provider could not be asked, `INTERNAL_SERVER_ERROR` when it
 * refused. Dates are ISO 8601 as `toISOString` writes them, money is in minor units, currencies are upper case.
 */
export interface PaymentProvider {
  /** The organization's customer, subscriptions and counters. An organization it has never seen has no `customerId`. */
  readCustomer(organizationId: string, priority?: Priority): Promise<CustomerReading>
  readProduct(productId: string, priority?: Priority): Promise<ProviderProduct>
  readMeters(): Promise<ProviderMeter[]>
  /** What one event adds to the meter: 0 if it does not count it, or counts it in a way that does not add up (an average). */
  unitsOf(meter: ProviderMeter, event: { name: string; metadata: UsageMetadata }): number
  /**
   * What the meter counted between two moments, also for an organization without a customer: from the hour of the first one to the day
   * of the second one in full; of more than a year from its month on.
   */
  readQuantity(meterId: string, organizationId: string, from: Date, to: Date): Promise<number>
  /** What the meter counted in each interval of a range, also for an organization without a customer. */
  readHistory(meterId: string, organizationId: string, range: HistoryRange): Promise<HistoryReading>
  readLatestOrder(customerId: string): Promise<Order | null>
  /** A page of the organization's orders, the latest first: those after a position. Without the addresses of invoices. */
  readOrders(organizationId: string, after: OrderPosition | null): Promise<OrdersReading>
  /** `null`: the organization has no such order. */
  readInvoice(orderId: string, organizationId: string): Promise<InvoiceReading | null>
  /**
   * Has an order's invoice made, which takes the provider a while.
   *
   * @throws BillingError `CONFLICT` where there can be none, or billing details are missing
   */
  generateInvoice(orderId: string): Promise<void>
  /** `null`: there is no such checkout. */
  readCheckout(checkoutId: string, priority?: Priority): Promise<ProviderCheckout | null>
  createCheckout(order: CheckoutOrder): Promise<OpenedCheckout>
  /** `null`: there is no such customer. */
  createPortalSession(
    customerId: string,
    returnUrl: string,
  ): Promise<{ portalUrl: string; expiresAt: string } | null>
  /** Who has the seats of a subscription. */
  listSeats(subscriptionId: string): Promise<Seats>
  /**
   * Gives a seat to somebody, takes one away, or sends an invitation again, which is a new one where the old one has ended. Answers the
   * seats after it.
   *
   * @throws BillingError `CONFLICT`: none is left, or who was given one has it already; `NOT_FOUND`: the subscription has no such seat
   * @throws UnknownOutcomeError if nobody knows whether they were changed, or what they are after it
   */
  updateSeats(subscription: SeatSubscription, update: SeatsUpdate): Promise<Seats>
  /**
   * Changes a subscription, and gives it as it is then.
   *
   * @throws BillingError `PAYMENT_REQUIRED` if it is charged at once and the charge fails, `CONFLICT` if its state or somebody else's
   * change stands against it, `BAD_REQUEST` for a number of seats that is not sold; nothing has changed then.
   * @throws UnknownOutcomeError if nobody knows whether it was changed
   */
  updateSubscription(subscriptionId: string, change: SubscriptionChange): Promise<ProviderSubscription>
  /**
   * Sends a batch of events. Sending one again is safe: the provider counts an id once.
   *
   * @throws BillingError `BAD_REQUEST` for a batch that is refused as a whole, without a word on which event is to blame: nothing of
   * it has arrived.
   */
  sendUsage(events: readonly OutgoingUsage[]): Promise<UsageReceipt>
  /**
   * Verifies a webhook; `null`: no secret is configured.
   *
   * @throws BillingError `BAD_REQUEST` for a missing header or a body that is no JSON, `FORBIDDEN` for a signature that does not hold.
   */
  readWebhook(headers: Headers, body: string): Promise<Webhook | null>
  /**
   * What is known of a customer once it is known what a webhook with a `subject` tells.
   *
   * @throws Error if the webhook does not hold what its type promises
   */
  applyWebhook(reading: CustomerReading, webhook: Pick<Webhook, 'type' | 'data'>): CustomerReading
  /** The ids of all subscriptions that a webhook says are active. */
  activeIn(webhook: Pick<Webhook, 'type' | 'data'>): readonly string[]
}

/**
 * What a call is for, the most important first. The provider takes only so many calls in a minute; while they run short, those that
 * matter less are not made. Where a method takes none it is its own matter.
 */
export type Priority = 'checkout' | 'read' | 'usage' | 'reconciliation'

/** Where a page of orders ended: orders that come later do not move it. */
export interface OrderPosition {
  /** When the last order was made, in microseconds since 1970. */
  at: number
  id: string
}

export interface OrdersReading {
  orders: Order[]
  /** `null`: there are no more. */
  next: OrderPosition | null
}

export interface InvoiceReading {
  /** A credential: for the caller alone, and never stored. `null` until the invoice has been made. */
  url: string | null
}

/** From a moment to before another one, in intervals of UTC; weeks begin on Monday. */
export interface HistoryRange {
  from: Date
  to: Date
  interval: UsageInterval
  /** `to` is now: the last interval has not ended. */
  isRunning: boolean
}

/** What was counted. It may be a little more than was asked for at both ends, and says so. */
export interface HistoryReading {
  from: string
  to: string
  points: UsagePoint[]
}

/** Whether calls to the provider are made. */
export interface ProviderHealth {
  /** `open`: it does not answer, and calls fail at once; `half_open`: one call tries whether it is back. Of this process alone. */
  circuit: 'closed' | 'open' | 'half_open'
  /** It has asked to be left alone until then, ISO 8601. */
  pausedUntil: string | null
  callsPerMinute: number
  /** Calls that all processes have made in the present minute. */
  callsUsed: number
}
