import * as z from 'zod/mini'
import type { Operation } from './operations.js'
import { quantity, usage, usageHistory } from './usageSchemas.js'

// `zod/mini` and loose objects: unknown fields pass, ids are opaque, and a backend may leave out what `complete…` can fill in.

const text = z.nullable(z.string())
const maybeText = z.optional(text)
const cents = z.int()
const interval = z.enum(['month', 'year'])

const statusName = z.enum(['none', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'incomplete'])

const status = z
  .looseObject({
    organizationId: maybeText,
    status: z.optional(statusName),
    isActive: z.optional(z.boolean()),
    isTrial: z.optional(z.boolean()),
    planType: maybeText,
    planName: maybeText,
    expiresAt: maybeText,
    hasActiveSubscription: z.optional(z.boolean()),
    customerId: maybeText,
    estimatedCostCents: z.optional(z.nullable(z.number())),
    cancelAtPeriodEnd: z.optional(z.boolean()),
    graceEndsAt: maybeText,
    asOf: maybeText,
    stale: z.optional(z.boolean()),
    checkout: z.optional(z.enum(['open', 'confirmed', 'succeeded', 'expired'])),
  })
  .check(
    z.refine(
      (answer) =>
        [answer.status, answer.isActive, answer.hasActiveSubscription].some((part) => part !== undefined),
      { error: 'expected status, isActive or hasActiveSubscription' },
    ),
  )

const price = z.looseObject({
  id: z.string(),
  amount: z.nullable(cents),
  currency: z.string(),
  type: z.string(),
  recurringInterval: text,
  unitAmount: maybeText,
  minimumSeats: z.optional(z.int()),
  unitAmountUpTo: z.optional(z.nullable(z.int())),
})

const product = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: text,
  recurringInterval: text,
  prices: z.array(price),
  benefits: z.array(z.looseObject({ id: z.string(), type: z.string(), description: z.string() })),
})

const order = z.looseObject({
  id: z.string(),
  status: z.string(),
  paid: z.boolean(),
  amount: cents,
  currency: z.string(),
  invoiceNumber: text,
  invoicePdfUrl: text,
  createdAt: z.string(),
  description: z.optional(z.string()),
  refundedAmount: z.optional(cents),
})

const subscription = z.looseObject({
  organizationId: maybeText,
  subscriptionId: maybeText,
  status: statusName,
  planType: maybeText,
  planName: maybeText,
  amount: z.optional(cents),
  currency: z.optional(z.string()),
  currentPeriodStart: maybeText,
  currentPeriodEnd: maybeText,
  trialStart: maybeText,
  trialEnd: maybeText,
  cancelAtPeriodEnd: z.optional(z.boolean()),
  product: z.optional(z.nullable(product)),
  latestOrder: z.optional(z.nullable(order)),
  pendingChange: z.optional(
    z.nullable(
      z.looseObject({
        planType: text,
        interval: z.optional(z.nullable(interval)),
        seats: z.nullable(z.int()),
        appliesAt: z.string(),
      }),
    ),
  ),
  pauseAtPeriodEnd: z.optional(z.boolean()),
  pausedAt: maybeText,
  resumesAt: maybeText,
  graceEndsAt: maybeText,
  seats: z.optional(z.nullable(z.int())),
  asOf: maybeText,
  stale: z.optional(z.boolean()),
})

const limits = z.record(z.string(), z.nullable(quantity))
const included = z.record(z.string(), quantity)
const trial = z.optional(
  z.nullable(z.looseObject({ interval: z.enum(['day', 'week', 'month', 'year']), count: z.int() })),
)

const plans = z.looseObject({
  plans: z.array(
    z.looseObject({
      planType: z.string(),
      name: z.string(),
      description: text,
      features: z.array(z.string()),
      limits,
      included,
      trial,
      yearly: z.optional(z.looseObject({ limits, included, trial })),
      recommended: z.boolean(),
      contact: text,
      forSale: z.boolean(),
      prices: z.nullable(
        z.array(
          z.extend(price, {
            interval,
            meter: maybeText,
          }),
        ),
      ),
    }),
  ),
})

const invoice = z.union([
  z.looseObject({ url: z.string(), pending: z.optional(z.undefined()) }),
  z.looseObject({ pending: z.literal(true), url: z.optional(z.undefined()) }),
])

const seats = z.looseObject({
  seats: z.array(
    z.looseObject({
      id: z.string(),
      email: text,
      status: z.enum(['pending', 'claimed']),
      claimedAt: text,
      invitationExpiresAt: text,
    }),
  ),
  total: z.int(),
  available: z.int(),
})

/** What a valid answer of each operation looks like. */
export const ANSWER_SCHEMAS = {
  getStatus: status,
  getSubscription: subscription,
  getUsage: usage,
  getUsageHistory: usageHistory,
  listPlans: plans,
  listOrders: z.looseObject({ orders: z.array(order), nextCursor: text }),
  getInvoice: invoice,
  createCheckout: z.looseObject({
    checkoutUrl: z.string(),
    checkoutId: z.optional(z.string()),
    productId: z.optional(z.string()),
    productName: z.optional(z.string()),
  }),
  createPortalSession: z.looseObject({ portalUrl: z.string(), expiresAt: z.optional(z.string()) }),
  updateSubscription: subscription,
  listSeats: seats,
  updateSeats: seats,
} as const satisfies Record<Operation, z.ZodMiniType>
