import * as z from 'zod/mini'
import { STATUSES } from '../billing/statuses.js'
import { currencyCode } from '../core/money.js'
import { EVENT_TYPES } from '../webhooks/endpoints.js'

/** Bodies of the controls. They are described to users as JSON schemas, so they hold no transforms. */

const moment = z.iso.datetime({ offset: true })
const nullableMoment = z.optional(z.nullable(moment))

export const none = z.strictObject({})
export const idOnly = z.strictObject({ id: z.string() })
export const optionalId = z.strictObject({ id: z.optional(z.string()) })

export const clockStep = z.strictObject({
  days: z.optional(z.number()),
  hours: z.optional(z.number()),
  minutes: z.optional(z.number()),
  seconds: z.optional(z.number()),
  ms: z.optional(z.number()),
  to: z.optional(moment),
})

export const settle = z.strictObject({
  seconds: z.optional(z.number().check(z.minimum(0), z.maximum(3_600))),
})

export const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.optional(z.string().check(z.minLength(1))),
  signature: z.optional(z.enum(['standard', 'legacy'])),
  events: z.optional(z.array(z.enum(EVENT_TYPES))),
  enabled: z.optional(z.boolean()),
})

export const endpoints = z.strictObject({ endpoints: z.array(endpoint) })

export const webhookFilter = z.strictObject({
  type: z.optional(z.string()),
  endpoint_id: z.optional(z.string()),
})

export const anyWebhook = z.strictObject({
  type: z.optional(z.string()),
  data: z.optional(z.unknown()),
  body: z.optional(z.string()),
})

export const subscriptionPatch = z.strictObject({
  id: z.string(),
  status: z.optional(z.enum(STATUSES)),
  amount: z.optional(z.int()),
  currency: z.optional(currencyCode),
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

export const card = z
  .strictObject({
    customer_id: z.optional(z.string()),
    external_customer_id: z.optional(z.string()),
    declines: z.boolean(),
  })
  .check(
    z.refine(
      ({ customer_id, external_customer_id }) => (customer_id ?? external_customer_id) !== undefined,
      'Either customer_id or external_customer_id is required',
    ),
  )

export const purchase = z.strictObject({
  customer_id: z.optional(z.string()),
  external_customer_id: z.optional(z.string()),
  email: z.optional(z.email()),
  product_id: z.string(),
  trial: z.optional(z.boolean()),
  seats: z.optional(z.int().check(z.positive())),
})

export const invitationFilter = z.strictObject({ email: z.optional(z.string()) })

export const eventFilter = z.strictObject({
  external_customer_id: z.optional(z.string()),
  name: z.optional(z.string()),
})

export const subscriptionFilter = z.strictObject({ external_customer_id: z.optional(z.string()) })

export const reset = z.strictObject({ keepWebhookEndpoints: z.optional(z.boolean()) })
