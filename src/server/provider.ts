import type {
  CancellationReason,
  ChangeMoment,
  CheckoutState,
  Price,
  Product,
  SubscriptionStatus,
  Trial,
} from '../contract/index.js'

// What the server knows of a provider's customers, products and events, and what it sends there, in the words of `PaymentProvider`.

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
  charges: MeterCharge[]
}

/** What a meter that the subscription has a price for has cost so far. */
export interface MeterCharge {
  meterId: string
  amount: number
  /** Since when it has one, ISO 8601. Absent: an older release wrote it down without. */
  since?: string
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
