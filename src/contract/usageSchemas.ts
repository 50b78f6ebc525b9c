import * as z from 'zod/mini'

/** Of units, which may be fractions. */
export const quantity = z.number()

const meter = z.looseObject({
  key: z.string(),
  name: z.string(),
  unit: z.string(),
  used: quantity,
  pending: quantity,
  included: quantity,
  limit: z.nullable(quantity),
  remaining: z.nullable(quantity),
  overage: quantity,
  amountCents: z.number(),
})

/** The answer of `getUsage`. */
export const usage = z.looseObject({
  meters: z.optional(z.array(meter)),
  currency: z.optional(z.string()),
  estimatedCostCents: z.optional(z.number()),
  totalCost: z.optional(z.number()),
  billingPeriodStart: z.optional(z.string()),
  billingPeriodEnd: z.optional(z.string()),
  periodStart: z.optional(z.string()),
  periodEnd: z.optional(z.string()),
  generatedAt: z.optional(z.string()),
  stale: z.optional(z.boolean()),
  databaseCount: z.optional(quantity),
  totalStorageGb: z.optional(quantity),
  totalRequests: z.optional(quantity),
})

const interval = z.enum(['hour', 'day', 'week', 'month'])

/** The answer of `getUsageHistory`. */
export const usageHistory = z.looseObject({
  meter: z.string(),
  name: z.string(),
  unit: z.string(),
  interval,
  from: z.string(),
  to: z.string(),
  total: quantity,
  limit: z.nullable(quantity),
  points: z.array(z.looseObject({ at: z.string(), used: quantity })),
  generatedAt: z.string(),
  stale: z.boolean(),
})
