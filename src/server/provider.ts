import type {
  CancellationReason,
  ChangeMoment,
  CheckoutState,
  Order,
  Price,
  Product,
  Seats,
  SeatsUpdate,
  SubscriptionStatus,
  Trial,
  UsageInterval,
  UsagePoint,
} from '../contract/index.js'

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
  /** What the meter counted between two moments, also for an organization without a customer. */
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

export interface CustomerReading {
  customerId: string | null
  subscriptions: ProviderSubscription[]
  counters: MeterCounter[]
}

export interface ProviderSubscription {
  id: string
  /** When the provider changed it last, with all its digits: only a database compares it. */
  modifiedAt: string
  /** The checkout that it was bought in. */
  checkoutId: string | null
  status: Exclude<SubscriptionStatus, 'none'>
  product: Product
  amount: number
  currency: string
  currentPeriodStart: string
  currentPeriodEnd: string
  trialStart: string | null
  trialEnd: string | null
  cancelAtPeriodEnd: boolean
  endsAt: string | null
  endedAt: string | null
  pastDueAt: string | null
  pauseAtPeriodEnd: boolean
  pausedAt: string | null
  resumesAt: string | null
  seats: number | null
  pendingChange: { productId: string | null; seats: number | null; appliesAt: string } | null
  /** What each meter of the subscription has cost so far. */
  charges: { meterId: string; amount: number }[]
}

/** What becomes of a subscription. Only one thing at a time. */
export type SubscriptionChange =
  | { kind: 'product'; productId: string; when: ChangeMoment }
  | { kind: 'seats'; seats: number; when: ChangeMoment }
  /** What was planned for the end of the period is dropped. */
  | { kind: 'keep' }
  | { kind: 'cancel'; reason: CancellationReason | null; comment: string | null }
  | { kind: 'uncancel' }
  | { kind: 'pause'; resumesAt: string | null }
  | { kind: 'unpause' }
  | { kind: 'resume' }

/** A product as it is sold. */
export interface ProviderProduct extends Omit<Product, 'prices'> {
  trial: Trial | null
  prices: ProviderPrice[]
  /** What it credits in a period, by the meter's id. Absent: an older release wrote it down without. Not for browsers. */
  credits?: Readonly<Record<string, number>>
}

export interface ProviderPrice extends Price {
  /** What a metered price counts. Not for browsers. */
  meterId?: string
  /** Of a price for each seat. */
  minimumSeats?: number
}

/** A meter's running count for one customer. */
export interface MeterCounter {
  meterId: string
  used: number
  /** Units that the plan or a top-up gave. */
  credited: number
  countedAt: string
}

export interface ProviderMeter {
  id: string
  name: string
  /** What it counts, in the provider's own words: for `unitsOf` alone. It survives JSON, so that it may be written down. */
  rule: object
}

export type UsageMetadata = Readonly<Record<string, string | number | boolean>>

export interface OutgoingUsage {
  /** Unique for all organizations and for ever. */
  id: string
  organizationId: string
  name: string
  metadata: UsageMetadata
  timestamp: string
}

/** What became of a batch. What was not rejected has arrived. */
export interface UsageReceipt {
  /** The ids that the provider will never take, with its reason. */
  rejected: ReadonlyMap<string, string>
  /** Nothing of what it took was new to it. */
  allKnown: boolean
}

export interface ProviderCheckout {
  state: CheckoutState
  /** Whom it was opened for, as the server wrote it down; `null` if somebody else opened it. */
  organizationId: string | null
  customerId: string | null
  /** The subscription that it made, or turns into a paid one. */
  subscriptionId: string | null
  /** Where and for what it can be paid; `null` once it cannot, or no longer at the product's present price. */
  session: PayableCheckout | null
}

export interface PayableCheckout {
  /** A credential: for the buyer's browser alone, and never stored. */
  url: string
  productId: string | null
  seats: number | null
  expiresAt: string
}

export interface OpenedCheckout {
  checkoutId: string
  checkoutUrl: string
  expiresAt: string
}

export interface CheckoutOrder {
  buyer: Buyer
  /** Known already, so that nobody needs to be looked up. */
  customerId: string | null
  productId: string
  /** A free subscription that the purchase replaces. */
  replaces: string | null
  seats?: number | undefined
  /** The origin of the page that shows it in a frame; `null`: it is a page of its own. */
  embedOrigin: string | null
  successUrl: string
  returnUrl: string
}

export interface SeatSubscription {
  subscriptionId: string
  /** Noted at every seat that is given, so that what becomes of it can be told. */
  organizationId: string
  now: Date
}

/** Who buys, as the app's `authenticate` said. */
export interface Buyer {
  organizationId: string
  email?: string | undefined
  emailVerified?: boolean | undefined
  name?: string | undefined
}

/** A verified webhook. Only a hint that something changed: its content may be old. */
export interface Webhook {
  /** The same in every delivery of it. */
  id: string
  type: string
  organizationId: string | null
  /** The provider's own time, with all its digits. */
  occurredAt: string
  /** What it tells the whole state of, and since when that is so, with all its digits; `null`: it tells of something else. */
  subject: { id: string; changedAt: string } | null
  /** What it tells, in the provider's words and without what opens doors. */
  data: unknown
}

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
