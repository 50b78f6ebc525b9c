import type { Checkout, CheckoutInput } from './checkout.js'
import type { Invoice, InvoiceInput, Orders, OrdersInput } from './orders.js'
import type { Plans } from './plans.js'
import type { PortalSession } from './portal.js'
import type { Seats, SeatsUpdate } from './seats.js'
import type { PartialStatus, StatusInput } from './status.js'
import type { PartialSubscription } from './subscription.js'
import type { SubscriptionUpdate } from './update.js'
import type { PartialUsage } from './usage.js'
import type { UsageHistory, UsageHistoryInput } from './usageHistory.js'

/** What each operation takes and what a backend may answer. */
export interface Operations {
  getStatus: { input: StatusInput; answer: PartialStatus }
  getSubscription: { input: NoInput; answer: PartialSubscription }
  getUsage: { input: NoInput; answer: PartialUsage }
  getUsageHistory: { input: UsageHistoryInput; answer: UsageHistory }
  listPlans: { input: NoInput; answer: Plans }
  listOrders: { input: OrdersInput; answer: Orders }
  getInvoice: { input: InvoiceInput; answer: Invoice }
  createCheckout: { input: CheckoutInput; answer: Checkout }
  createPortalSession: { input: NoInput; answer: PortalSession }
  updateSubscription: { input: SubscriptionUpdate; answer: PartialSubscription }
  listSeats: { input: NoInput; answer: Seats }
  updateSeats: { input: SeatsUpdate; answer: Seats }
}

/** What a transport can be asked: `getStatus`, `getUsage`, … */
export type Operation = keyof Operations
/** Of an operation that takes nothing: `{}`. */
export type NoInput = Record<string, never>

/** One function of a backend: what a transport is made of. */
export type OperationFunction<Name extends Operation> = (
  input: Operations[Name]['input'],
  options?: { signal?: AbortSignal | undefined },
) => Promise<Operations[Name]['answer']>

/**
 * The REST route of each operation, below the base path. Reads take their input as a query, writes as a JSON body; what the path names
 * (`:orderId`) stands in the path.
 */
export const ROUTES = {
  getStatus: 'GET /status',
  getSubscription: 'GET /subscription',
  getUsage: 'GET /usage',
  getUsageHistory: 'GET /usage/history',
  listPlans: 'GET /plans',
  listOrders: 'GET /orders',
  getInvoice: 'POST /orders/:orderId/invoice',
  createCheckout: 'POST /checkout',
  createPortalSession: 'POST /portal',
  updateSubscription: 'POST /subscription',
  listSeats: 'GET /seats',
  updateSeats: 'POST /seats',
} as const satisfies Record<Operation, string>

/** Where browsers hear of changes (server-sent events), below the base path. */
export const EVENTS_PATH = '/events'

/** Where the provider's webhooks arrive, below the base path. */
export const WEBHOOK_PATH = '/webhooks/polar'
