import type { models } from '@polar-sh/sdk/2026-10'
import { ApiError, invalid } from '../core/errors.js'
import type { SubscriptionRow } from '../core/rows.js'
import { isActive, isBillable, isRevoked } from '../billing/statuses.js'

/** Why Polar refuses a change of a subscription in its present state. */

export function assertRevocable(row: SubscriptionRow): void {
  if (row.ended_at !== null || isRevoked(row.status)) throw alreadyCanceled()
}

export function assertCancelable(row: SubscriptionRow): void {
  if (row.ended_at !== null || row.cancel_at_period_end || row.ends_at !== null) throw alreadyCanceled()
  if (!isBillable(row.status)) throw inactive()
}

export function assertScheduledToCancel(row: SubscriptionRow): void {
  if (row.ended_at !== null) throw new ApiError(410, 'ResourceUnavailable', 'Resource unavailable')
  if (isBillable(row.status) && row.cancel_at_period_end) return
  throw new ApiError(
    409,
    'SubscriptionNotScheduledToCancel',
    'This subscription is not scheduled to cancel at the end of the period.',
  )
}

export function assertChangeable(row: SubscriptionRow): void {
  if (isRevoked(row.status) || row.cancel_at_period_end) throw alreadyCanceled()
}

export function assertNoReset(
  behavior: models.SubscriptionProrationBehavior,
): asserts behavior is Exclude<models.SubscriptionProrationBehavior, 'reset'> {
  if (behavior !== 'reset') return
  const msg = "The 'reset' proration behavior is not enabled for this organization."
  throw invalid('proration_behavior', msg, behavior)
}

export function assertActive(row: SubscriptionRow): void {
  if (!isActive(row.status)) throw inactive()
}

export function assertPausable(row: SubscriptionRow): void {
  if (isActive(row.status) && !row.cancel_at_period_end) return
  throw new ApiError(409, 'CannotPauseSubscription', 'This subscription cannot be paused.')
}

export function assertPauseScheduled(row: SubscriptionRow): void {
  if (row.pause_at_period_end) return
  throw new ApiError(409, 'NoScheduledPause', 'This subscription has no scheduled pause.')
}

export function assertPaused(row: SubscriptionRow): void {
  if (row.status === 'paused') return
  throw new ApiError(409, 'NotPausedSubscription', 'This subscription is not paused.')
}

function alreadyCanceled(): ApiError {
  return new ApiError(
    403,
    'AlreadyCanceledSubscription',
    'This subscription is already canceled or will be at the end of the period.',
  )
}

function inactive(): ApiError {
  return new ApiError(403, 'InactiveSubscription', 'This subscription is not active.')
}
