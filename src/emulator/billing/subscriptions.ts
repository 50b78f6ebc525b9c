import { assign } from '../core/database.js'
import { newId } from '../core/ids.js'
import { addInterval, anchorDayOf, iso } from '../core/time.js'
import type { CheckoutRow, CustomerRow, Price, ProductRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { scheduleMeterUpdate } from '../metering/customerMeters.js'
import { attachMeters, resetMeters } from '../metering/subscriptionMeters.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { totalAmount } from './amounts.js'
import { syncGrants } from './grants.js'
import { scheduleSubscription } from './schedule.js'
import { announceSubscription } from './subscriptionEvents.js'

export interface SubscriptionTerms {
  customer: CustomerRow
  product: ProductRow
  prices: readonly Price[]
  currency: string
  metadata: SubscriptionRow['metadata']
  seats?: number | null
  customAmount?: number | null
  /** End of the trial, if there is one. */
  trialEnd?: string | null
  checkout?: CheckoutRow
}

/** Starts a subscription. Its benefits follow with `startBenefits` once the order is through. */
export function createSubscription(world: World, terms: SubscriptionTerms): SubscriptionRow {
  const row: SubscriptionRow = {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    started_at: timestamp(world),
    current_meter_period_start: null,
    current_meter_period_end: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    discount_id: null,
    units: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    pending_update: null,
    meters: [],
    entries: [],
    ...agreedTerms(world, terms),
  }
  world.db.subscriptions.set(row.id, row)
  attachMeters(world, row)
  announceSubscription(world, row, 'created', 'active', 'updated')
  recordSystemEvent(world, terms.customer, 'subscription.created', {
    subscription_id: row.id,
    product_id: row.product_id,
    amount: row.amount,
    currency: row.currency,
    recurring_interval: row.recurring_interval,
    recurring_interval_count: row.recurring_interval_count,
    started_at: row.started_at ?? row.created_at,
  })
  return row
}

/** A free subscription becomes the one that was just bought: same id, new product and period, no plan to end it. */
export function upgradeSubscription(world: World, row: SubscriptionRow, terms: SubscriptionTerms): void {
  assign(row, {
    ...agreedTerms(world, terms),
    metadata: { ...row.metadata, ...terms.metadata },
    pending_update: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ends_at: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    pause_at_period_end: false,
    resumes_at: null,
  })
  attachMeters(world, row)
  announceSubscription(world, row, 'updated')
}

/** Usage from before the purchase does not count against it; then the benefits are granted. */
export function startBenefits(world: World, row: SubscriptionRow): void {
  resetMeters(world, row)
  if (row.meters.length > 0) scheduleMeterUpdate(world, row.customer_id)
  syncGrants(world, row)
  scheduleSubscription(world, row)
}

function agreedTerms(world: World, terms: SubscriptionTerms) {
  const start = world.clock.now()
  const { product, trialEnd = null, seats = null, customAmount = null } = terms
  const interval = product.recurring_interval ?? 'month'
  const count = product.recurring_interval_count ?? 1
  return {
    status: trialEnd === null ? ('active' as const) : ('trialing' as const),
    amount: totalAmount(terms.prices, { seats, customAmount }),
    currency: terms.currency,
    recurring_interval: interval,
    recurring_interval_count: count,
    current_period_start: iso(start),
    current_period_end: trialEnd ?? iso(addInterval(start, interval, count)),
    trial_start: trialEnd === null ? null : iso(start),
    trial_end: trialEnd,
    customer_id: terms.customer.id,
    product_id: product.id,
    checkout_id: terms.checkout?.id ?? null,
    seats,
    metadata: { ...terms.metadata },
    custom_field_data: { ...terms.checkout?.custom_field_data },
    prices: [...terms.prices],
    anchorDay: anchorDayOf(start),
  }
}
