import { required } from '../core/database.js'
import type { CustomerRow, OrderRow, SubscriptionRow } from '../core/rows.js'
import { DAY, at, iso } from '../core/time.js'
import { type World, timestamp, touch } from '../core/world.js'
import { revokeSubscription } from './cancellation.js'
import { syncGrants } from './grants.js'
import { payOrder } from './orders.js'
import { schedulePayment, scheduleSubscription } from './schedule.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Days between the attempts to collect a renewal: 2, 7, 14 and 21 days after the first. */
const RETRY_INTERVALS = [2, 5, 7, 7]

/** Whether a customer's card takes a charge. Nothing is charged for an amount of zero. */
export function canCharge(customer: CustomerRow, amount: number): boolean {
  return amount <= 0 || customer.card === 'good'
}

/**
 * Charges the invoice of a subscription; a first failure makes it past due and takes the benefits away at
 * once.
 */
export function collect(world: World, subscription: SubscriptionRow, order: OrderRow): boolean {
  const customer = required(world.db.customers, order.customer_id)
  if (canCharge(customer, order.due_amount)) {
    payOrder(world, order)
    return true
  }
  planRetry(world, order)
  subscription.status = 'past_due'
  subscription.past_due_at = timestamp(world)
  announceSubscription(world, subscription, 'updated', 'past_due')
  syncGrants(world, subscription)
  return false
}

/** Tries a pending order again: dunning on its day, or at once with a new card. */
export function retryPayment(world: World, order: OrderRow): void {
  const customer = required(world.db.customers, order.customer_id)
  const subscription = required(world.db.subscriptions, order.subscription_id ?? '')
  if (order.status !== 'pending') return
  if (canCharge(customer, order.due_amount)) recover(world, subscription, order)
  else if (order.failedAttempts < RETRY_INTERVALS.length) planRetry(world, order)
  else revokeSubscription(world, subscription)
}

/** Tries everything that a customer still owes, also for what has ended. */
export function retryPayments(world: World, customer: CustomerRow): void {
  for (const order of world.db.orders.of(customer.id)) {
    if (order.status !== 'pending' || !canCharge(customer, order.due_amount)) continue
    recover(world, required(world.db.subscriptions, order.subscription_id ?? ''), order)
  }
}

function recover(world: World, subscription: SubscriptionRow, order: OrderRow): void {
  if (subscription.status === 'past_due') {
    subscription.status = 'active'
    subscription.past_due_at = null
    announceSubscription(world, subscription, 'updated', 'active')
  }
  payOrder(world, order)
  schedulePayment(world, order)
  syncGrants(world, subscription)
  scheduleSubscription(world, subscription)
}

function planRetry(world: World, order: OrderRow): void {
  const days = RETRY_INTERVALS[order.failedAttempts] ?? 0
  const from = order.next_payment_attempt_at === null ? world.clock.now() : at(order.next_payment_attempt_at)
  order.failedAttempts += 1
  order.next_payment_attempt_at = iso(from + days * DAY)
  touch(world, order)
  schedulePayment(world, order)
}
