import {
  BillingError,
  type BillingStatus,
  type Checkout,
  type CheckoutInput,
  type Invoice,
  type InvoiceInput,
  isBillingError,
  type NoInput,
  type Operation,
  type Orders,
  type OrdersInput,
  parseInput,
  type Plans,
  type PortalSession,
  type Seats,
  type SeatsUpdate,
  type StatusInput,
  type Subscription,
  type SubscriptionUpdate,
  type Usage,
  type UsageHistory,
  type UsageHistoryInput,
} from '../contract/index.js'
import { assertAuthorized } from './authorize.js'
import type { BillingContext } from './billingContext.js'
import { type MaybeIdentity, requireOrganization } from './identity.js'
import { createCheckout } from './operations/createCheckout.js'
import { createPortalSession } from './operations/createPortalSession.js'
import { getInvoice } from './operations/getInvoice.js'
import { getStatus } from './operations/getStatus.js'
import { getSubscription } from './operations/getSubscription.js'
import { getUsage } from './operations/getUsage.js'
import { getUsageHistory } from './operations/getUsageHistory.js'
import { listOrders } from './operations/listOrders.js'
import { listPlans } from './operations/listPlans.js'
import { listSeats } from './operations/listSeats.js'
import { updateSeats } from './operations/updateSeats.js'
import { updateSubscription } from './operations/updateSubscription.js'
import { UnknownOutcomeError } from './unknownOutcomeError.js'

/**
 * The operations of the contract for whoever the identity names. REST and tRPC stand on it; server components and cron jobs may
 * call it directly. Every method throws `BillingError`, and checks its input itself.
 */
export interface BillingService {
  getStatus(identity: MaybeIdentity, input?: StatusInput): Promise<BillingStatus>
  getSubscription(identity: MaybeIdentity, input?: NoInput): Promise<Subscription>
  getUsage(identity: MaybeIdentity, input?: NoInput): Promise<Usage>
  getUsageHistory(identity: MaybeIdentity, input: UsageHistoryInput): Promise<UsageHistory>
  /** Public: nobody needs to be signed in. */
  listPlans(identity?: MaybeIdentity, input?: NoInput): Promise<Plans>
  listOrders(identity: MaybeIdentity, input?: OrdersInput): Promise<Orders>
  getInvoice(identity: MaybeIdentity, input: InvoiceInput): Promise<Invoice>
  createCheckout(identity: MaybeIdentity, input?: CheckoutInput): Promise<Checkout>
  createPortalSession(identity: MaybeIdentity, input?: NoInput): Promise<PortalSession>
  updateSubscription(identity: MaybeIdentity, input: SubscriptionUpdate): Promise<Subscription>
  listSeats(identity: MaybeIdentity, input?: NoInput): Promise<Seats>
  updateSeats(identity: MaybeIdentity, input: SeatsUpdate): Promise<Seats>
}

export function createService(context: BillingContext): BillingService {
  /** Checks who asks, whether he may, and what for, in this order: a stranger learns nothing about the input. */
  async function enter<Name extends Operation>(operation: Name, identity: MaybeIdentity, input: unknown) {
    const organizationId = requireOrganization(identity)
    await assertAuthorized(context.authorize, operation, identity)
    return { organizationId, input: parseInput(operation, input) }
  }

  return {
    getStatus: async (identity, given) => {
      const { organizationId, input } = await enter('getStatus', identity, given)
      return getStatus(context, organizationId, input)
    },
    getSubscription: async (identity, given) => {
      const { organizationId } = await enter('getSubscription', identity, given)
      return getSubscription(context, organizationId)
    },
    getUsage: async (identity, given) => {
      const { organizationId } = await enter('getUsage', identity, given)
      return getUsage(context, organizationId)
    },
    getUsageHistory: async (identity, given) => {
      const { organizationId, input } = await enter('getUsageHistory', identity, given)
      return getUsageHistory(context, organizationId, input)
    },
    listPlans: async (_identity, given) => {
      parseInput('listPlans', given)
      return listPlans(context)
    },
    listOrders: async (identity, given) => {
      const { organizationId, input } = await enter('listOrders', identity, given)
      return listOrders(context, organizationId, input)
    },
    getInvoice: async (identity, given) => {
      const { organizationId, input } = await enter('getInvoice', identity, given)
      return getInvoice(context, organizationId, input)
    },
    createCheckout: async (identity, given) => {
      const { organizationId, input } = await enter('createCheckout', identity, given)
      const { email, emailVerified, name } = identity ?? {}
      return withSentence('Failed to create checkout session', () =>
        createCheckout(context, { organizationId, email, emailVerified, name }, input),
      )
    },
    createPortalSession: async (identity, given) => {
      const { organizationId } = await enter('createPortalSession', identity, given)
      return withSentence('Failed to create customer portal session', () =>
        createPortalSession(context, organizationId),
      )
    },
    updateSubscription: async (identity, given) => {
      const { organizationId, input } = await enter('updateSubscription', identity, given)
      return withSentence('Failed to update subscription', () =>
        updateSubscription(context, organizationId, input),
      )
    },
    listSeats: async (identity, given) => {
      const { organizationId } = await enter('listSeats', identity, given)
      return listSeats(context, organizationId)
    },
    updateSeats: async (identity, given) => {
      const { organizationId, input } = await enter('updateSeats', identity, given)
      return withSentence('Failed to update seats', () => updateSeats(context, organizationId, input))
    },
  }
}

/** One sentence for whatever the provider failed with; the reason stays in `cause`, for the log. */
async function withSentence<T>(sentence: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (!isBillingError(cause) || cause.status < 500 || cause instanceof UnknownOutcomeError) throw cause
    throw new BillingError(cause.code, sentence, { cause, retryAfter: cause.retryAfter })
  }
}
