import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { syncGrants } from './grants.js'
import { voidPendingOrders } from './orders.js'
import { schedulePayment, scheduleSubscription } from './schedule.js'
import { revokeSeats } from './seats.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Why a customer leaves, in the words of Polar's form. */
export interface CancellationReason {
  customer_cancellation_reason?: models.CustomerCancellationReason | null
  customer_cancellation_comment?: string | null
}

/** Cancels at the end of the period; until then nothing changes but the plan to end. */
export function cancelAtPeriodEnd(world: World, row: SubscriptionRow, reason: CancellationReason = {}): void {
  keepReason(row, reason)
  row.canceled_at = timestamp(world)
  row.cancel_at_period_end = true
  row.ends_at = row.current_period_end
  row.pause_at_period_end = false
  row.resumes_at = null
  announceSubscription(world, row, 'updated', 'canceled')
  scheduleSubscription(world, row)
}

/** Takes a planned cancellation back. */
export function uncancel(world: World, row: SubscriptionRow): void {
  row.cancel_at_period_end = false
  row.canceled_at = null
  row.ends_at = null
  row.customer_cancellation_reason = null
  row.customer_cancellation_comment = null
  announceSubscription(world, row, 'updated', 'uncanceled')
  scheduleSubscription(world, row)
}

/** Ends a subscription now: open orders are void, the benefits are gone. */
export function revokeSubscription(
  world: World,
  row: SubscriptionRow,
  reason: CancellationReason = {},
): void {
  keepReason(row, reason)
  row.canceled_at = timestamp(world)
  row.ends_at = timestamp(world)
  markEnded(world, row)
  syncGrants(world, row)
}

/** Status, events and open orders of a subscription that ends. */
export function markEnded(world: World, row: SubscriptionRow): void {
  row.ended_at = timestamp(world)
  row.status = 'canceled'
  // Polar announces the cancellation again when it takes effect.
  announceSubscription(world, row, 'updated', 'canceled', 'revoked')
  recordSystemEvent(world, required(world.db.customers, row.customer_id), 'subscription.revoked', {
    subscription_id: row.id,
    product_id: row.product_id,
    amount: row.amount,
    currency: row.currency,
    recurring_interval: row.recurring_interval,
    recurring_interval_count: row.recurring_interval_count,
  })
  revokeSeats(world, { subscription_id: row.id, order_id: null })
  for (const order of voidPendingOrders(world, row)) schedulePayment(world, order)
  scheduleSubscription(world, row)
}

function keepReason(row: SubscriptionRow, reason: CancellationReason): void {
  row.customer_cancellation_reason = reason.customer_cancellation_reason ?? row.customer_cancellation_reason
  row.customer_cancellation_comment =
    reason.customer_cancellation_comment ?? row.customer_cancellation_comment
}
