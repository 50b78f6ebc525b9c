import { required } from '../core/database.js'
import { addInterval, anchorDayOf, at, iso } from '../core/time.js'
import type { SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { scheduleMeterUpdate } from '../metering/customerMeters.js'
import { resetMeters } from '../metering/subscriptionMeters.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { markEnded } from './cancellation.js'
import { canCharge, collect } from './charging.js'
import { cycleGrants, syncGrants } from './grants.js'
import { invoice, recurringLines, takeEntries, usageLines } from './invoicing.js'
import { payOrder } from './orders.js'
import { pause, resume } from './pausing.js'
import { applyProduct } from './planChange.js'
import { scheduleSubscription } from './schedule.js'
import { applySeats } from './seatChange.js'
import { announceSubscription } from './subscriptionEvents.js'

/** The clock reached the end of a period, of a trial or of a pause. */
export function subscriptionDue(world: World, row: SubscriptionRow): void {
  if (required(world.db.customers, row.customer_id).deleted_at !== null) return
  if (row.status === 'paused') resume(world, row)
  else if (row.cancel_at_period_end) endSubscription(world, row)
  else if (row.pause_at_period_end) pause(world, row)
  else renew(world, row)
  scheduleSubscription(world, row)
}

/** Starts the next period. Its dates move before the payment, so they prove nothing. */
function renew(world: World, row: SubscriptionRow): void {
  const lines = [...takeEntries(row), ...usageLines(world, row)]
  const benefitsBefore = required(world.db.products, row.product_id).benefitIds
  // A trial is over before what was planned for its end begins: another interval starts a period of its own.
  const wasTrial = row.status === 'trialing'
  row.status = 'active'
  const restarted = applyPendingUpdate(world, row)
  if (!restarted) nextPeriod(row, wasTrial)
  announceSubscription(world, row, 'cycled', 'updated')
  recordSystemEvent(world, required(world.db.customers, row.customer_id), 'subscription.cycled', {
    subscription_id: row.id,
    product_id: row.product_id,
    amount: row.amount,
    currency: row.currency,
    recurring_interval: row.recurring_interval,
    recurring_interval_count: row.recurring_interval_count,
  })
  const order = invoice(world, row, 'subscription_cycle', [...recurringLines(world, row), ...lines])
  resetMeters(world, row)
  if (row.meters.length > 0) scheduleMeterUpdate(world, row.customer_id)
  if (!collect(world, row, order)) return
  syncGrants(world, row)
  cycleGrants(world, row, benefitsBefore)
}

function nextPeriod(row: SubscriptionRow, wasTrial: boolean): void {
  const start = at(row.current_period_end)
  if (wasTrial) row.anchorDay = anchorDayOf(start)
  const { recurring_interval, recurring_interval_count, anchorDay } = row
  row.current_period_start = iso(start)
  row.current_period_end = iso(addInterval(start, recurring_interval, recurring_interval_count, anchorDay))
}

/** True if the new product has another interval, so that its period starts now. */
function applyPendingUpdate(world: World, row: SubscriptionRow): boolean {
  const { product_id: productId = null, seats = null } = row.pending_update ?? {}
  row.pending_update = null
  if (seats !== null) applySeats(row, seats)
  return productId !== null && applyProduct(world, row, required(world.db.products, productId))
}

/** A canceled subscription is over; what was used beyond the credits is still billed. */
function endSubscription(world: World, row: SubscriptionRow): void {
  const lines = [...takeEntries(row), ...usageLines(world, row)]
  markEnded(world, row)
  const total = lines.reduce((sum, line) => sum + line.amount, 0)
  if (total > 0) {
    const order = invoice(world, row, 'subscription_cycle', lines)
    const customer = required(world.db.customers, row.customer_id)
    if (canCharge(customer, order.due_amount)) payOrder(world, order)
  }
  syncGrants(world, row)
}
