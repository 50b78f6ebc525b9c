import { addInterval, anchorDayOf, iso } from '../core/time.js'
import type { SubscriptionRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { resetMeters } from '../metering/subscriptionMeters.js'
import { collect } from './charging.js'
import { syncGrants } from './grants.js'
import { invoice, recurringLines, takeEntries, usageLines } from './invoicing.js'
import { scheduleSubscription } from './schedule.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Plans a pause for the end of the period, or drops that plan. */
export function setPauseAtPeriodEnd(
  world: World,
  row: SubscriptionRow,
  planned: boolean,
  resumesAt: string | null,
): void {
  row.pause_at_period_end = planned
  row.resumes_at = planned ? resumesAt : null
  announceSubscription(world, row, 'updated')
  scheduleSubscription(world, row)
}

/** The pause takes effect: nothing is charged, the benefits are gone. */
export function pause(world: World, row: SubscriptionRow): void {
  row.status = 'paused'
  row.paused_at = timestamp(world)
  row.pause_at_period_end = false
  announceSubscription(world, row, 'updated', 'paused')
  syncGrants(world, row)
}

/** Ends a pause: a new period starts now and is charged. */
export function resume(world: World, row: SubscriptionRow): void {
  const now = world.clock.now()
  row.status = 'active'
  row.paused_at = null
  row.resumes_at = null
  row.anchorDay = anchorDayOf(now)
  row.current_period_start = iso(now)
  row.current_period_end = iso(addInterval(now, row.recurring_interval, row.recurring_interval_count))
  announceSubscription(world, row, 'updated', 'resumed')
  const lines = [...recurringLines(world, row), ...takeEntries(row), ...usageLines(world, row)]
  const order = invoice(world, row, 'subscription_cycle', lines)
  resetMeters(world, row)
  if (collect(world, row, order)) syncGrants(world, row)
  scheduleSubscription(world, row)
}
