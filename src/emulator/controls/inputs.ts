import * as z from 'zod/mini'
import { EVENT_TYPES } from '../webhooks/endpoints.js'

/** Bodies of the controls. They are described to users as JSON schemas, so they hold no transforms. */

const moment = z.iso.datetime({ offset: true })
const natural = z.int().check(z.nonnegative())
const nullableMoment = z.optional(z.nullable(moment))

export const idOnly = z.object({ id: z.string() })
export const optionalId = z.object({ id: z.optional(z.string()) })

export const clockStep = z.object({
  days: z.optional(z.number()),
  hours: z.optional(z.number()),
  minutes: z.optional(z.number()),
  seconds: z.optional(z.number()),
  ms: z.optional(z.number()),
  to: z.optional(moment),
})

export const settle = z.object({
  seconds: z.optional(z.number().check(z.minimum(0), z.maximum(3_600))),
})

export const fault = z.strictObject({
  method: z.optional(z.string()),
  path: z.optional(z.string()),
  scope: z.optional(z.enum(['api', 'pages'])),
  status: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
  retryAfter: z.optional(natural),
  latencyMs: z.optional(natural),
  body: z.optional(z.enum(['json', 'empty', 'html', 'slow'])),
  times: z.optional(z.int().check(z.positive())),
  probability: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
})

export const endpoint = z.object({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.optional(z.string().check(z.minLength(1))),
  signature: z.optional(z.enum(['standard', 'legacy'])),
  events: z.optional(z.array(z.enum(EVENT_TYPES))),
  enabled: z.optional(z.boolean()),
})

export const endpoints = z.object({ endpoints: z.array(endpoint) })

export const webhookSettings = z.strictObject({
  delays: z.optional(z.record(z.string(), natural)),
  duplicate: z.optional(z.boolean()),
  reorder: z.optional(z.boolean()),
  mode: z.optional(z.enum(['deliver', 'pause', 'drop'])),
  retryTimeScale: z.optional(z.number().check(z.nonnegative())),
  timeoutMs: z.optional(z.int().check(z.positive())),
})

export const webhookFilter = z.object({ type: z.optional(z.string()), endpoint_id: z.optional(z.string()) })

export const anyWebhook = z.object({
  type: z.optional(z.string()),
  data: z.optional(z.unknown()),
  body: z.optional(z.string()),
})

export const subscriptionPatch = z.strictObject({
  id: z.string(),
  status: z.optional(
    z.enum([
      'incomplete',
      'incomplete_expired',
      'trialing',
      'active',
      'past_due',
      'canceled',
      'unpaid',
      'paused',
    ]),
  ),
  amount: z.optional(z.int()),
  currency: z.optional(z.string()),
  current_period_start: z.optional(moment),
  current_period_end: z.optional(moment),
  trial_start: nullableMoment,
  trial_end: nullableMoment,
  cancel_at_period_end: z.optional(z.boolean()),
  canceled_at: nullableMoment,
  started_at: nullableMoment,
  ends_at: nullableMoment,
  ended_at: nullableMoment,
  past_due_at: nullableMoment,
  pause_at_period_end: z.optional(z.boolean()),
  paused_at: nullableMoment,
  resumes_at: nullableMoment,
  seats: z.optional(z.nullable(z.int())),
  metadata: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
})

export const card = z.object({
  customer_id: z.optional(z.string()),
  external_customer_id: z.optional(z.string()),
  declines: z.boolean(),
})

export const purchase = z.object({
  customer_id: z.optional(z.string()),
  external_customer_id: z.optional(z.string()),
  email: z.optional(z.email()),
  product_id: z.string(),
  trial: z.optional(z.boolean()),
  seats: z.optional(z.int().check(z.positive())),
})

export const eventFilter = z.object({
  external_customer_id: z.optional(z.string()),
  name: z.optional(z.string()),
})

export const settings = z.strictObject({
  rateLimit: z.optional(z.nullable(natural)),
  oneSubscriptionPerCustomer: z.optional(z.boolean()),
  meterDelay: z.optional(natural),
  stateDelay: z.optional(natural),
  stateChangedDelay: z.optional(natural),
  paymentDelay: z.optional(natural),
})

export const reset = z.object({ keepWebhookEndpoints: z.optional(z.boolean()) })
