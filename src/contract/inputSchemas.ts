import * as z from 'zod/mini'
import type { Operation } from './operations.js'
import { MAX_CHECKOUT_SEATS, MAX_SEATS } from './seats.js'
import { CANCELLATION_COMMENT_LENGTH, CANCELLATION_REASONS } from './update.js'

const id = z.string().check(z.regex(/^[\w-]{1,200}$/))
const moment = z.iso.datetime({ offset: true })
const planInterval = z.enum(['month', 'year'])
const when = z.optional(z.enum(['now', 'period_end']))
const nothing = z.strictObject({})

/** What each operation takes. Strict: a misspelt or smuggled field is an error, not a silent default. */
export const INPUT_SCHEMAS = {
  getStatus: z.strictObject({
    checkoutId: z.optional(id),
    fresh: z.optional(z.boolean()),
  }),
  getSubscription: nothing,
  getUsage: nothing,
  getUsageHistory: z.strictObject({
    meter: z.string(),
    range: z.optional(z.enum(['period', '24h', '7d', '30d', '90d', '12m'])),
    from: z.optional(moment),
    to: z.optional(moment),
    interval: z.optional(z.enum(['hour', 'day', 'week', 'month'])),
  }),
  listPlans: nothing,
  listOrders: z.strictObject({ cursor: z.optional(z.string().check(z.maxLength(200))) }),
  getInvoice: z.strictObject({ orderId: id }),
  createCheckout: z.strictObject({
    planType: z.optional(z.string()),
    interval: z.optional(planInterval),
    seats: z.optional(z.int().check(z.positive(), z.maximum(MAX_CHECKOUT_SEATS))),
    embed: z.optional(z.boolean()),
  }),
  createPortalSession: nothing,
  updateSubscription: z.discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('change'),
      planType: z.string(),
      interval: z.optional(planInterval),
      when,
    }),
    z.strictObject({
      action: z.literal('seats'),
      seats: z.int().check(z.positive(), z.maximum(MAX_SEATS)),
      when,
    }),
    z.strictObject({
      action: z.literal('cancel'),
      reason: z.optional(z.enum(CANCELLATION_REASONS)),
      comment: z.optional(z.string().check(z.maxLength(CANCELLATION_COMMENT_LENGTH))),
    }),
    z.strictObject({ action: z.literal('pause'), resumesAt: z.optional(moment) }),
    z.strictObject({ action: z.literal('resume') }),
  ]),
  listSeats: nothing,
  updateSeats: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('assign'), email: z.string().check(z.trim(), z.email()) }),
    z.strictObject({ action: z.literal('revoke'), seatId: id }),
    z.strictObject({ action: z.literal('resend'), seatId: id }),
  ]),
} as const satisfies Record<Operation, z.ZodMiniType>
