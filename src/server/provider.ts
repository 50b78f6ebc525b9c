import type { CheckoutState, Order, Product, SubscriptionStatus } from '../contract/index.js'

/**
 * What the server needs of a payment provider, in neutral words: the seam between the kit and a vendor's API. Every method throws
 * `BillingError`: `SERVICE_UNAVAILABLE` (with `retryAfter`) when the provider could not be asked, `INTERNAL_SERVER_ERROR` when it
 * refused. Dates are ISO 8601 as `toISOString` writes them, money is in minor units, currencies are upper case.
 */
export interface PaymentProvider {
  /** The organization's customer, subscriptions and counters. An organization it has never seen has no `customerId`. */
  readCustomer(organizationId: string, priority?: Priority): Promise<CustomerReading>
  readProduct(productId: string, priority?: Priority): Promise<Product>
  readMeters(): Promise<ProviderMeter[]>
  /** What one event adds to the meter: 0 if it does not count it, or counts it in a way that does not add up (an average). */
  unitsOf(meter: ProviderMeter, event: { name: string; metadata: UsageMetadata }): number
  /** What the meter counted between two moments, also for an organization without a customer. */
  readQuantity(meterId: string, organizationId: string, from: Date, to: Date): Promise<number>
  readLatestOrder(customerId: string): Promise<Order | null>
  /** `null`: there is no such checkout. */
  readCheckout(checkoutId: string, priority?: Priority): Promise<ProviderCheckout | null>
  createCheckout(order: CheckoutOrder): Promise<OpenedCheckout>
  /** `null`: there is no such customer. */
  createPortalSession(
    customerId: string,
    returnUrl: string,
  ): Promise<{ portalUrl: string; expiresAt: string } | null>
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
