import type { Checkout, CheckoutInput } from './checkout.js'
import type { Plans } from './plans.js'
import type { PortalSession } from './portal.js'
import type { PartialStatus, StatusInput } from './status.js'
import type { PartialSubscription } from './subscription.js'
import type { PartialUsage } from './usage.js'

/** What each operation takes and what a backend may answer. */
export interface Operations {
  getStatus: { input: StatusInput; answer: PartialStatus }
  getSubscription: { input: NoInput; answer: PartialSubscription }
  getUsage: { input: NoInput; answer: PartialUsage }
  listPlans: { input: NoInput; answer: Plans }
  createCheckout: { input: CheckoutInput; answer: Checkout }
  createPortalSession: { input: NoInput; answer: PortalSession }
}

export type Operation = keyof Operations
export type NoInput = Record<string, never>

/** One function of a backend: what a transport is made of. */
export type OperationFunction<Name extends Operation> = (
  input: Operations[Name]['input'],
  options?: { signal?: AbortSignal | undefined },
) => Promise<Operations[Name]['answer']>

/** The REST route of each operation, below the base path. Reads take their input as a query, writes as a JSON body. */
export const ROUTES = {
  getStatus: 'GET /status',
  getSubscription: 'GET /subscription',
  getUsage: 'GET /usage',
  listPlans: 'GET /plans',
  createCheckout: 'POST /checkout',
  createPortalSession: 'POST /portal',
} as const satisfies Record<Operation, string>

/** Where browsers hear of changes (server-sent events), below the base path. */
export const EVENTS_PATH = '/events'

/** Where the provider's webhooks arrive, below the base path. */
export const WEBHOOK_PATH = '/webhooks/polar'
