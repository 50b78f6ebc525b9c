import type { models } from '@polar-sh/sdk/2026-10'
import * as z from 'zod/mini'
import { cancelAtPeriodEnd, revokeSubscription, uncancel } from '../billing/cancellation.js'
import { resume, setPauseAtPeriodEnd } from '../billing/pausing.js'
import { changeSeats } from '../billing/seatChange.js'
import { announceSubscription } from '../billing/subscriptionEvents.js'
import { check } from '../core/check.js'
import { ValidationFailure, invalid } from '../core/errors.js'
import type { SubscriptionRow } from '../core/rows.js'
import { iso } from '../core/time.js'
import type { World } from '../core/world.js'
import { id, metadata, moment, text } from './schemas.js'
import { updateBase } from './subscriptionBase.js'
import {
  assertCancelable,
  assertChangeable,
  assertNoReset,
  assertPausable,
  assertPauseScheduled,
  assertPaused,
  assertRevocable,
  assertScheduledToCancel,
} from './subscriptionRules.js'

export const CANCELLATION_REASONS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
  'other',
] as const satisfies readonly models.CustomerCancellationReason[]

const reason = {
  customer_cancellation_reason: z.nullish(z.enum(CANCELLATION_REASONS)),
  customer_cancellation_comment: z.nullish(text()),
}

const behavior = z.nullish(z.enum(['invoice', 'prorate', 'next_period', 'reset']))

const base = z.strictObject({
  metadata: z.optional(metadata),
  product_id: z.nullish(id),
  proration_behavior: behavior,
  discount_id: z.nullish(id),
  trial_end: z.nullish(z.union([z.literal('now'), moment])),
})
const seats = z.strictObject({ seats: z.int().check(z.positive()), proration_behavior: behavior })
const cancel = z.strictObject({ ...reason, cancel_at_period_end: z.boolean() })
const revoke = z.strictObject({ ...reason, revoke: z.literal(true) })
const pausePlan = z.strictObject({ pause_at_period_end: z.boolean(), resumes_at: z.nullish(moment) })
const resumption = z.strictObject({ resume: z.literal(true) })
const clear = z.strictObject({ pending_update: z.null() })

/** Changes a subscription. Every kind of change has a body of its own, and a key too many is refused. */
export function updateSubscription(world: World, row: SubscriptionRow, body: unknown): void {
  const keys = typeof body === 'object' && body !== null ? Object.keys(body) : []
  const variant = VARIANTS.find(({ key }) => keys.includes(key)) ?? BASE
  variant.apply(world, row, body)
}

interface Variant {
  key: string
  apply: (world: World, row: SubscriptionRow, body: unknown) => void
}

const BASE: Variant = {
  key: '',
  apply: (world, row, body) => updateBase(world, row, parse(base, 'SubscriptionUpdateBase', body)),
}

const VARIANTS: readonly Variant[] = [
  {
    key: 'cancel_at_period_end',
    apply: (world, row, body) => {
      const { cancel_at_period_end: canceling, ...why } = parse(cancel, 'SubscriptionCancel', body)
      if (canceling) assertCancelable(row)
      else assertScheduledToCancel(row)
      if (canceling) cancelAtPeriodEnd(world, row, given(why))
      else uncancel(world, row)
    },
  },
  {
    key: 'revoke',
    apply: (world, row, body) => {
      const { revoke: _revoke, ...why } = parse(revoke, 'SubscriptionRevoke', body)
      assertRevocable(row)
      revokeSubscription(world, row, given(why))
    },
  },
  {
    key: 'pause_at_period_end',
    apply: (world, row, body) => planPause(world, row, parse(pausePlan, 'SubscriptionPause', body)),
  },
  {
    key: 'resume',
    apply: (world, row, body) => {
      parse(resumption, 'SubscriptionResume', body)
      assertPaused(row)
      resume(world, row)
    },
  },
  {
    key: 'pending_update',
    apply: (world, row, body) => {
      parse(clear, 'SubscriptionUpdateClear', body)
      if (row.pending_update === null) {
        throw invalid('pending_update', 'This subscription has no pending update to clear.', null)
      }
      row.pending_update = null
      announceSubscription(world, row, 'updated')
    },
  },
  {
    key: 'seats',
    apply: (world, row, body) => {
      const wanted = parse(seats, 'SubscriptionUpdateSeats', body)
      const wish = wanted.proration_behavior ?? 'prorate'
      assertNoReset(wish)
      assertChangeable(row)
      changeSeats(world, row, wanted.seats, wish)
    },
  },
  { key: 'units', apply: unsupported('SubscriptionUpdateUnits') },
  { key: 'current_billing_period_end', apply: unsupported('SubscriptionUpdateBillingPeriod') },
]

function planPause(world: World, row: SubscriptionRow, body: z.output<typeof pausePlan>): void {
  const resumesAt = body.resumes_at ?? null
  if (body.pause_at_period_end) assertPausable(row)
  else assertPauseScheduled(row)
  if (resumesAt !== null && Date.parse(resumesAt) <= Date.parse(row.current_period_end)) {
    throw invalid('resumes_at', 'resumes_at must be after the current period end.', resumesAt)
  }
  const until = resumesAt === null ? null : iso(Date.parse(resumesAt))
  setPauseAtPeriodEnd(world, row, body.pause_at_period_end, until)
}

/** pydantic names the variant in the location of what is wrong. */
function parse<Schema extends z.ZodMiniType>(schema: Schema, name: string, body: unknown): z.output<Schema> {
  return check(schema, body, ['body', name])
}

function unsupported(name: string): Variant['apply'] {
  return (_world, _row, body) => {
    const msg = 'The emulator does not support this kind of update.'
    throw new ValidationFailure([{ type: 'value_error', loc: ['body', name], msg, input: body }])
  }
}

function given(why: z.output<z.ZodMiniObject<typeof reason>>) {
  return {
    customer_cancellation_reason: why.customer_cancellation_reason ?? null,
    customer_cancellation_comment: why.customer_cancellation_comment ?? null,
  }
}
