import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from '@trpc/server'
import {
  type CheckoutInput,
  type InvoiceInput,
  isBillingError,
  type NoInput,
  type OrdersInput,
  type SeatsUpdate,
  type StatusInput,
  type SubscriptionUpdate,
  type UsageHistoryInput,
} from '../contract/index.js'
import type { Billing } from './createBilling.js'
import type { MaybeIdentity } from './identity.js'
import type { BillingService } from './service.js'

export interface BillingRouterOptions<Context extends object> {
  /** Who is asking, from the context that the app makes for each request. `null` = signed out. */
  identify: (ctx: Context) => MaybeIdentity | Promise<MaybeIdentity>
}

// Input passes as it came: the service checks it, and says what is wrong in its own words.
const statusInput = (input: unknown) => input as StatusInput | undefined
const checkoutInput = (input: unknown) => input as CheckoutInput | undefined
const usageHistoryInput = (input: unknown) => input as UsageHistoryInput
const ordersInput = (input: unknown) => input as OrdersInput | undefined
const invoiceInput = (input: unknown) => input as InvoiceInput
const subscriptionUpdate = (input: unknown) => input as SubscriptionUpdate
const seatsUpdate = (input: unknown) => input as SeatsUpdate
const noInput = (input: unknown) => input as NoInput | undefined

/**
 * The billing service as a tRPC router, to nest in the app's own:
 * `router({ billing: createBillingRouter(billing, { identify: (ctx) => ctx.session }) })`. A function is asked for the billing when
 * the first request comes, so that a build needs no secrets.
 */
// oxlint-disable-next-line typescript/explicit-function-return-type, typescript/explicit-module-boundary-types -- the inferred router type is the API
export function createBillingRouter<Context extends object>(
  billing: Billing | (() => Billing),
  { identify }: BillingRouterOptions<Context>,
) {
  const service = (): BillingService => (typeof billing === 'function' ? billing() : billing).service
  const t = initTRPC.context<Context>().create()

  /** Runs an operation for whoever asks; a failure keeps its code, which is tRPC's own name for it. */
  async function run<T>(ctx: object, operation: (identity: MaybeIdentity) => Promise<T>): Promise<T> {
    // tRPC simplifies the type of a generic context beyond recognition; the value is the app's own.
    return translated(async () => operation(await identify(ctx as Context)))
  }

  return t.router({
    getStatus: t.procedure
      .input(statusInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().getStatus(identity, input))),
    getSubscription: t.procedure
      .input(noInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().getSubscription(identity, input))),
    getUsage: t.procedure
      .input(noInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().getUsage(identity, input))),
    getUsageHistory: t.procedure
      .input(usageHistoryInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().getUsageHistory(identity, input))),
    listPlans: t.procedure
      .input(noInput)
      .query(({ input }) => translated(() => service().listPlans(null, input))),
    listOrders: t.procedure
      .input(ordersInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().listOrders(identity, input))),
    getInvoice: t.procedure
      .input(invoiceInput)
      .mutation(({ ctx, input }) => run(ctx, (identity) => service().getInvoice(identity, input))),
    createCheckout: t.procedure
      .input(checkoutInput)
      .mutation(({ ctx, input }) => run(ctx, (identity) => service().createCheckout(identity, input))),
    createPortalSession: t.procedure
      .input(noInput)
      .mutation(({ ctx, input }) => run(ctx, (identity) => service().createPortalSession(identity, input))),
    updateSubscription: t.procedure
      .input(subscriptionUpdate)
      .mutation(({ ctx, input }) => run(ctx, (identity) => service().updateSubscription(identity, input))),
    listSeats: t.procedure
      .input(noInput)
      .query(({ ctx, input }) => run(ctx, (identity) => service().listSeats(identity, input))),
    updateSeats: t.procedure
      .input(seatsUpdate)
      .mutation(({ ctx, input }) => run(ctx, (identity) => service().updateSeats(identity, input))),
  })
}

async function translated<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    throw toTRPCError(error)
  }
}

function toTRPCError(cause: unknown): TRPCError {
  // Status 0: a code that only clients know, from a client that the app itself uses to find out who is asking.
  if (!isBillingError(cause) || cause.status === 0) {
    return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'The billing server failed.', cause })
  }
  return new TRPCError({ code: cause.code as TRPC_ERROR_CODE_KEY, message: cause.message, cause })
}
