import type { MeterUsage } from '../../contract/usage.js'

/** A meter's numbers, made safe to draw. */
export interface UsageLevel {
  used: number
  pending: number
  /** Used and pending together; may lie above the limit, and below 0 where units were given back. */
  sum: number
  /** `null`: no limit, or none that is known; no bar. */
  limit: number | null
  state: 'unlimited' | 'unknown' | 'ok' | 'near' | 'over'
}

/** @param nearAt the share of the limit from which the state is `near` */
export function usageLevel(
  meter: Pick<MeterUsage, 'used'> & Partial<Pick<MeterUsage, 'limit' | 'pending'>>,
  nearAt: number,
): UsageLevel {
  const used = finite(meter.used)
  const pending = finite(meter.pending)
  const sum = used + pending
  // A limit that is no number says nothing; it must not read as "over", nor as a promise.
  const limit = Number.isFinite(meter.limit) ? Math.max(0, Number(meter.limit)) : null
  const state = meter.limit === null ? 'unlimited' : stateOf(sum, limit, nearAt)
  return { used, pending, sum, limit, state }
}

function finite(quantity: number | undefined): number {
  return Number.isFinite(quantity) ? Number(quantity) : 0
}

function stateOf(sum: number, limit: number | null, nearAt: number): UsageLevel['state'] {
  if (limit === null) return 'unknown'
  if (sum > limit) return 'over'
  return limit > 0 && sum >= limit * nearAt ? 'near' : 'ok'
}
