import { addInterval, at, iso } from '../core/time.js'
import type { ProductRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { changePlan, planOf } from './planChange.js'
import { subscriptionDue } from './renewal.js'
import { scheduleSubscription } from './schedule.js'
import { announceSubscription } from './subscriptionEvents.js'

/** Ends the trial now: the first paid period starts, unless it was to be canceled or paused. */
export function endTrial(world: World, row: SubscriptionRow): void {
  const now = iso(world.clock.now())
  row.trial_end = now
  row.current_period_end = now
  if (row.cancel_at_period_end) row.ends_at = now
  subscriptionDue(world, row)
}

/** Moves the end of the trial, or gives a running subscription one. */
export function setTrialEnd(world: World, row: SubscriptionRow, end: string): void {
  row.status = 'trialing'
  row.trial_start ??= iso(world.clock.now())
  row.trial_end = end
  row.current_period_end = end
  if (row.cancel_at_period_end) row.ends_at = end
  if (row.pending_update !== null) row.pending_update.applies_at = end
  announceSubscription(world, row, 'updated')
  scheduleSubscription(world, row)
}

/**
 * Another product in the middle of a trial: its own trial counts from the same start; without one the trial
 * is over.
 */
export function changeTrialProduct(world: World, row: SubscriptionRow, product: ProductRow): void {
  const end = trialEndOf(row, product)
  if (end !== null && end > world.clock.now()) {
    row.trial_end = iso(end)
    row.current_period_end = iso(end)
    changePlan(world, row, planOf(row, product), 'prorate')
    return
  }
  changePlan(world, row, planOf(row, product), 'prorate')
  endTrial(world, row)
}

function trialEndOf(row: SubscriptionRow, product: ProductRow): number | null {
  const { trial_interval, trial_interval_count } = product
  if (trial_interval === null || trial_interval_count === null || row.trial_start === null) return null
  return addInterval(at(row.trial_start), trial_interval, trial_interval_count)
}
